package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every signature of callbacks is held to, whatever it is made of. */
abstract class CallbackSigningContract {
  static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  static final String PATH = "/callback/01k6x15vhrff09dkkqjrzwhm60/1/AAAAAAAAAAAAAAAAAAAAAA";
  static final String CREDENTIAL = "up-secret-0123456789abcdef";
  private static final Duration GAP = CallbackSigning.CLOCK_GAP_MAX;

  abstract Provider provider();

  abstract CallbackSigning.Means means();

  /** By what another account's callbacks are signed. */
  abstract CallbackSigning.Means othersMeans();

  /** One that the provider has signed at that moment. */
  abstract Callback signed(Instant at);

  /** The headers that have to be there once each. */
  abstract List<String> headers();

  /** The same callback, changed in something that the signature covers. */
  abstract Callback tampered(Callback callback);

  Context context() {
    return context(CREDENTIAL, Map.of());
  }

  Context othersContext() {
    return context();
  }

  final Context context(String credential, Map<String, String> settings) {
    return new Context(
        URI.create("https://provider.example"), new Secret(credential), model(), settings, NOW);
  }

  String model() {
    return "a-model";
  }

  final Provenance check(Callback callback) {
    return provider().signing().check(context(), callback, means());
  }

  static Callback with(Callback from, Map<String, String> headers) {
    return new Callback(from.method(), from.path(), from.query(), headers, from.raw());
  }

  static Callback withBody(Callback from, String body) {
    var raw = ByteBuffer.wrap(body.getBytes(UTF_8));
    return new Callback(from.method(), from.path(), from.query(), from.headers(), raw);
  }

  @Test
  void one_that_the_provider_signed_is_genuine() {
    assertThat(check(signed(NOW))).isEqualTo(new Provenance.Genuine());
  }

  @Test
  void its_time_may_be_five_minutes_off_to_either_side_and_no_second_more() {
    assertThat(check(signed(NOW.minus(GAP)))).isEqualTo(new Provenance.Genuine());
    assertThat(check(signed(NOW.plus(GAP)))).isEqualTo(new Provenance.Genuine());
    assertForged(signed(NOW.minus(GAP).minusSeconds(1)));
    assertForged(signed(NOW.plus(GAP).plusSeconds(1)));
  }

  @Test
  void one_that_was_changed_on_its_way_is_forged() {
    assertForged(tampered(signed(NOW)));
  }

  @Test
  void one_that_another_account_signed_is_forged() {
    var signing = provider().signing();

    assertThat(signing.check(othersContext(), signed(NOW), othersMeans()))
        .isInstanceOf(Provenance.Forged.class);
  }

  @Test
  void one_without_any_header_is_forged() {
    assertForged(with(signed(NOW), Map.of()));
  }

  @TestFactory
  Stream<DynamicTest> each_header_has_to_be_there_once_and_to_say_something() {
    return headers().stream()
        .flatMap(
            name ->
                Stream.of(
                    DynamicTest.dynamicTest("without " + name, () -> assertForged(without(name))),
                    DynamicTest.dynamicTest("empty " + name, () -> assertForged(set(name, ""))),
                    DynamicTest.dynamicTest("blank " + name, () -> assertForged(set(name, " "))),
                    DynamicTest.dynamicTest("twice " + name, () -> assertForged(twice(name))),
                    DynamicTest.dynamicTest(
                        "odd " + name, () -> assertForged(set(name, "é,1;=")))));
  }

  private Callback without(String name) {
    var headers = new HashMap<>(signed(NOW).headers());
    assertThat(headers.remove(name)).as(name).isNotNull();
    return with(signed(NOW), headers);
  }

  private Callback set(String name, String value) {
    var headers = new HashMap<>(signed(NOW).headers());
    headers.put(name, value);
    return with(signed(NOW), headers);
  }

  /** As the server gives one that was sent several times. */
  private Callback twice(String name) {
    var value = signed(NOW).header(name).orElseThrow();
    return set(name, value + ", " + value);
  }

  final void assertForged(Callback callback) {
    assertThat(check(callback)).isInstanceOf(Provenance.Forged.class);
  }
}
