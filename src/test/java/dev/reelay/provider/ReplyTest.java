package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
  private static Reply withRetryAfter(String text) {
    return new Reply(429, List.of(new Call.Header("retry-after", text)), "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|7",
        "0|0",
        "999999999|3600",
        "Fri, 20 Nov 2026 10:00:30 GMT|30",
        "Sat, 21 Nov 2026 10:00:00 GMT|3600"
      })
  void a_wait_is_seconds_or_a_date_and_at_most_an_hour(String text, long seconds) {
    assertThat(withRetryAfter(text).retryAfter(ProviderKit.NOW))
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "1.5", "", "Fri, 20 Nov 2026 09:59:59 GMT"})
  void what_is_no_wait_is_none(String text) {
    assertThat(withRetryAfter(text).retryAfter(ProviderKit.NOW)).isEmpty();
  }

  @Test
  void our_secret_is_taken_out_of_an_answer_and_a_word_is_not() {
    var reply = new Reply(401, List.of(), "bad key up-secret-0123456789abcdef of sandbox");

    assertThat(reply.without(new Secret(ProviderKit.SECRET)).body())
        .isEqualTo("bad key [hidden] of sandbox");
    assertThat(reply.without(new Secret("sandbox"))).isEqualTo(reply);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000b"})
  void a_header_is_one_line(String value) {
    assertThatThrownBy(() -> new Call.Header("X-Any", value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Call.SecretHeader("X-Any", "Bearer ", new Secret(value)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.5", ":80", "10.0.0.5:", "10.0.0.5:0", "10.0.0.5:65536", "a:b"})
  void a_listed_place_names_host_and_port(String text) {
    assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void places_are_equal_however_they_are_written() {
    assertThat(HostPort.parse("LocalHost:8080")).isEqualTo(new HostPort("localhost", 8_080));
    assertThat(HostPort.parse("[::1]:8080")).isEqualTo(new HostPort("::1", 8_080));
  }

  @Test
  void the_systems_names_are_asked_on_their_own_thread() throws Exception {
    var names = new SystemNames(Duration.ofSeconds(5));

    assertThat(names.resolve("localhost")).isNotEmpty().noneMatch(PublicAddresses::isPublic);
  }
}
