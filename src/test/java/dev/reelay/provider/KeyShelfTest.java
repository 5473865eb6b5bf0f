package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Provenance;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When public keys are fetched, and for how long they are kept. */
class KeyShelfTest {
  private final FakeUpstream server = FakeUpstream.start();
  private final Outbound outbound = ProviderKit.outbound(server.place());
  private final ManualClock clock = new ManualClock();
  private final KeyShelf shelf = new KeyShelf(outbound, clock);
  private final URI place = URI.create(server.baseUrl() + "/keys");

  @AfterEach
  void close() {
    outbound.close();
    server.close();
  }

  @Test
  void keys_are_fetched_once_a_day_and_nothing_of_the_channel_goes_along() {
    server.will(FakeUpstream.answer(200, "first"), FakeUpstream.answer(200, "second"));

    assertThat(ask(KeyShelfTest::any)).isEqualTo(new Provenance.Genuine());
    clock.move(KeyShelf.KEPT_MAX.minusSeconds(1));
    assertThat(ask(only("first"))).isEqualTo(new Provenance.Genuine());
    clock.move(Duration.ofSeconds(1));
    assertThat(ask(only("second"))).isEqualTo(new Provenance.Genuine());

    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().toString()).doesNotContain(ProviderKit.SECRET);
  }

  @Test
  void keys_that_fit_nothing_are_fetched_again_but_only_every_five_minutes() {
    server.will(FakeUpstream.answer(200, "old"), FakeUpstream.answer(200, "new"));
    ask(KeyShelfTest::any);

    assertThat(ask(only("new"))).isInstanceOf(Provenance.Forged.class);
    clock.move(KeyShelf.FETCH_EVERY);
    assertThat(ask(only("new"))).isEqualTo(new Provenance.Genuine());
    for (var forgery = 0; forgery < 50; forgery++) {
      assertThat(ask(only("none"))).isInstanceOf(Provenance.Forged.class);
    }

    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void while_no_keys_can_be_had_nothing_is_believed_and_they_are_asked_for_seldom() {
    server.will(FakeUpstream.answer(503, "busy"), FakeUpstream.answer(200, "here"));

    assertThat(ask(KeyShelfTest::any)).isInstanceOf(Provenance.Unchecked.class);
    assertThat(ask(KeyShelfTest::any)).isInstanceOf(Provenance.Unchecked.class);
    assertThat(server.requests()).hasSize(1);
    clock.move(KeyShelf.FAILURE_KEPT);

    assertThat(ask(only("here"))).isEqualTo(new Provenance.Genuine());
  }

  @Test
  void good_keys_stay_where_newer_ones_cannot_be_had() {
    server.will(FakeUpstream.answer(200, "good"), FakeUpstream.answer(503, "busy"));
    ask(KeyShelfTest::any);
    clock.move(KeyShelf.FETCH_EVERY);

    assertThat(ask(only("none"))).isInstanceOf(Provenance.Forged.class);
    assertThat(ask(only("none"))).isInstanceOf(Provenance.Forged.class);
    assertThat(ask(only("good"))).isEqualTo(new Provenance.Genuine());

    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void keys_at_a_place_inside_the_network_are_not_fetched() {
    var inside = URI.create("http://127.0.0.1:9/keys");

    assertThat(shelf.withKeys(inside, line(), KeyShelfTest::any))
        .isInstanceOf(Provenance.Unchecked.class);
  }

  private Provenance ask(Function<String, Provenance> check) {
    return shelf.withKeys(place, line(), check);
  }

  private static Provenance any(String keys) {
    return new Provenance.Genuine();
  }

  private static Function<String, Provenance> only(String right) {
    return keys ->
        keys.equals(right) ? new Provenance.Genuine() : new Provenance.Forged("not by " + keys);
  }

  private Lines.Line.Open line() {
    var channel = ProviderKit.channel("fal", "https://queue.fal.run", Map.of());
    var context =
        new Context(
            channel.baseUrl(), new Secret(ProviderKit.SECRET), "m", Map.of(), clock.instant());
    return new Lines.Line.Open(
        Providers.all().find("fal").orElseThrow(),
        context,
        Origin.of(channel.baseUrl()),
        new Budgets(clock).of(channel, new CredentialId(7)),
        Optional.empty(),
        new CredentialId(7));
  }
}
