package dev.reelay.http.helidon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.FieldName;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read past the library, and above all what is not. */
class QuickRequestTest {
  private static final InetAddress PEER = InetAddress.getLoopbackAddress();

  private static Optional<QuickRequest> read(String text) {
    return QuickRequest.read(text.getBytes(ISO_8859_1), PEER);
  }

  private static Optional<QuickRequest> with(String lines) {
    return read("GET /v1/models HTTP/1.1\r\nHost: relay.example\r\n" + lines + "\r\n");
  }

  @Test
  void a_whole_get_is_read_with_its_path_query_and_fields() {
    var request =
        read("GET /v1/video/query?id=a:b?c&d=%20 HTTP/1.1\r\nhost:relay.example:80\r\n\r\n");

    assertThat(request).isPresent();
    assertThat(request.get().method()).isEqualTo("GET");
    assertThat(request.get().rawPath()).isEqualTo("/v1/video/query");
    assertThat(request.get().rawQuery()).isEqualTo("id=a:b?c&d=%20");
    assertThat(request.get().header(FieldName.HOST)).contains("relay.example:80");
    assertThat(request.get().header(FieldName.ORIGIN)).isEmpty();
    assertThat(request.get().body(10)).isEmpty();
    assertThat(request.get().peer()).isEqualTo(PEER);
  }

  @Test
  void fields_are_found_by_any_spelling_without_the_space_around_them() {
    var request = with("AUTHORIZATION:   Bearer a b  \r\nX-Api-Key:\r\n").orElseThrow();

    assertThat(request.header(FieldName.AUTHORIZATION)).contains("Bearer a b");
    assertThat(request.header(FieldName.X_API_KEY)).contains("");
  }

  @Test
  void lines_of_one_name_are_joined() {
    var request = with("X-Forwarded-For: 1.1.1.1\r\nx-forwarded-for: 2.2.2.2\r\n").orElseThrow();

    assertThat(request.header(FieldName.X_FORWARDED_FOR)).contains("1.1.1.1, 2.2.2.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep-alive", "Keep-Alive"})
  void a_client_may_say_that_the_connection_goes_on(String value) {
    assertThat(with("Connection: " + value + "\r\n")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length, 0",
    "content-length, 5",
    "Transfer-Encoding, chunked",
    "Expect, 100-continue",
    "Upgrade, h2c",
    "TE, trailers",
    "Trailer, x",
    "HTTP2-Settings, AAMAAABk",
    "Connection, close",
    "Connection, 'keep-alive, upgrade'",
    "Host, twice.example",
  })
  void what_announces_a_body_or_another_protocol_is_left_to_the_library(String name, String value) {
    assertThat(with(name + ": " + value + "\r\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X A: b\r\n",
        "X-A : b\r\n",
        ": b\r\n",
        "X-A\r\n",
        "X-A: b\n",
        "X-A: b\rX-B: c\r\n",
        "X-A: b\u0000\r\n",
        "X-A: b\tc\r\n",
        "X-A: \u00e9\r\n",
        " X-A: folded\r\n",
        "X_A: b\r\n",
        "\r\nGET /next HTTP/1.1\r\nHost: x\r\n",
        "\r\nbody",
      })
  void lines_that_are_not_plain_are_left_to_the_library(String lines) {
    assertThat(with(lines)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET ",
        "GET /",
        "GET / HTTP/1.1",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x",
        "GET / HTTP/1.1\r\nHost: x\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: x\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a;b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "get / HTTP/1.1\r\nHost: x\r\n\r\n",
        "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\n\r\n",
      })
  void what_is_no_whole_get_is_left_to_the_library(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void every_beginning_of_a_good_request_is_left_to_the_library() {
    var whole = "GET /v1/models HTTP/1.1\r\nHost: relay.example\r\nAccept: */*\r\n\r\n";

    for (int length = 0; length < whole.length(); length++) {
      assertThat(read(whole.substring(0, length))).as("%d bytes", length).isEmpty();
    }
    assertThat(read(whole)).isPresent();
  }

  @Test
  void more_lines_than_a_client_sends_are_left_to_the_library() {
    assertThat(with("X-A: b\r\n".repeat(QuickRequest.LINES_MAX - 1))).isPresent();
    assertThat(with("X-A: b\r\n".repeat(QuickRequest.LINES_MAX))).isEmpty();
  }
}
