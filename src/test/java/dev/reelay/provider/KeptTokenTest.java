package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.Logins.Entry;
import dev.reelay.provider.Logins.Reason;
import dev.reelay.provider.Logins.Showing;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.CredentialId;
import dev.reelay.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeptTokenTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Login BUSY = new Login.Unanswered("busy", Optional.empty());
  private static final Login REFUSED = new Login.Refused("no");

  private final ManualClock clock = new ManualClock();
  private final KeptToken kept = new KeptToken(clock);
  private final AtomicInteger asked = new AtomicInteger();

  private Entry enter(Login comes) {
    return kept.enter(
        line(),
        () -> {
          asked.incrementAndGet();
          return comes;
        });
  }

  private static Lines.Line.Open line() {
    var channel = ProviderKit.channel(ScriptedProvider.NAME, "https://api.example", Map.of());
    var credential = new CredentialId(7);
    return new Lines.Line.Open(
        new ScriptedProvider(),
        new Context(channel.baseUrl(), new Secret("the secret"), "m", Map.of(), ManualClock.START),
        Origin.of(URI.create("https://api.example")),
        new Budgets(ProviderKit.CLOCK).of(channel, credential),
        Optional.empty(),
        credential);
  }

  private static Login granted(String token, Duration life) {
    return new Login.Granted(new Secret(token), life);
  }

  private static String word(Entry entry) {
    return switch (entry) {
      case Entry.Open(var line, Showing showing) ->
          showing + " " + line.context().credential().reveal();
      case Entry.Shut(String why, Reason reason, _) -> reason + " " + why;
    };
  }

  @Test
  void a_token_is_asked_for_once_and_kept_until_shortly_before_its_end() {
    assertThat(word(enter(granted("a", HOUR)))).isEqualTo("A_NEW_TOKEN a");
    clock.move(HOUR.minus(KeptToken.RENEWED_BEFORE).minusSeconds(1));
    assertThat(word(enter(granted("b", HOUR)))).isEqualTo("A_KEPT_TOKEN a");
    assertThat(asked).hasValue(1);

    clock.move(Duration.ofSeconds(1));

    assertThat(word(enter(granted("b", HOUR)))).isEqualTo("A_NEW_TOKEN b");
    assertThat(asked).hasValue(2);
  }

  @Test
  void a_token_of_a_short_life_is_renewed_at_half_of_it() {
    enter(granted("a", Duration.ofMinutes(2)));

    clock.move(Duration.ofSeconds(59));
    assertThat(word(enter(BUSY))).isEqualTo("A_KEPT_TOKEN a");
    clock.move(Duration.ofSeconds(1));
    assertThat(word(enter(granted("b", HOUR)))).isEqualTo("A_NEW_TOKEN b");
  }

  @Test
  void a_token_that_is_still_good_serves_where_no_new_one_is_had() {
    enter(granted("a", HOUR));
    clock.move(HOUR.minusMinutes(1));

    assertThat(word(enter(BUSY))).isEqualTo("A_KEPT_TOKEN a");
    clock.move(KeptToken.FAILURE_KEPT);
    assertThat(word(enter(REFUSED))).isEqualTo("A_KEPT_TOKEN a");
    clock.move(Duration.ofMinutes(1));

    assertThat(word(enter(REFUSED))).isEqualTo("REFUSED no");
  }

  @Test
  void after_a_failure_nobody_asks_again_for_a_while() {
    assertThat(word(enter(BUSY))).isEqualTo("UNANSWERED busy");
    clock.move(KeptToken.FAILURE_KEPT.minusMillis(1));
    assertThat(word(enter(granted("a", HOUR)))).isEqualTo("UNANSWERED busy");
    assertThat(asked).hasValue(1);

    clock.move(Duration.ofMillis(1));

    assertThat(word(enter(granted("a", HOUR)))).isEqualTo("A_NEW_TOKEN a");
  }

  @Test
  void a_provider_may_ask_for_a_longer_while() {
    var minute = Optional.of(Duration.ofMinutes(1));
    assertThat(enter(new Login.Unanswered("busy", minute)))
        .isEqualTo(new Entry.Shut("busy", Reason.UNANSWERED, minute));

    clock.move(Duration.ofSeconds(59));
    enter(granted("a", HOUR));

    assertThat(asked).hasValue(1);
  }

  @Test
  void a_dropped_token_is_asked_for_anew_and_a_newer_one_is_not_dropped() {
    enter(granted("a", HOUR));

    kept.drop(new Secret("a"));
    assertThat(word(enter(granted("b", HOUR)))).isEqualTo("A_NEW_TOKEN b");
    kept.drop(new Secret("a"));

    assertThat(word(enter(BUSY))).isEqualTo("A_KEPT_TOKEN b");
  }

  @Test
  void a_bug_in_a_log_in_leaves_nobody_waiting() {
    var failed =
        CompletableFuture.supplyAsync(
            () ->
                kept.enter(
                    line(),
                    () -> {
                      throw new IllegalStateException("a bug");
                    }));

    assertThat(failed).failsWithin(Duration.ofSeconds(5));
    assertThat(word(enter(BUSY))).isEqualTo("UNANSWERED no token was asked for");
  }

  @Test
  void many_at_once_ask_once_and_all_get_the_token() throws Exception {
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> word(kept.enter(line(), () -> slow(begun, mayEnd))));
      begun.await();
      var others = new ArrayList<Future<String>>();
      for (var i = 0; i < 50; i++) {
        others.add(threads.submit(() -> word(enter(granted("b", HOUR)))));
      }
      mayEnd.countDown();

      assertThat(first.get()).isEqualTo("A_NEW_TOKEN a");
      assertThat(others).allSatisfy(other -> assertThat(other.get()).endsWith("_TOKEN a"));
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void who_comes_while_a_good_token_is_renewed_does_not_wait()
      throws InterruptedException, ExecutionException {
    enter(granted("old", HOUR));
    clock.move(HOUR.minusMinutes(1));
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var renewing = threads.submit(() -> word(kept.enter(line(), () -> slow(begun, mayEnd))));
      begun.await();

      assertThat(word(enter(BUSY))).isEqualTo("A_KEPT_TOKEN old");
      mayEnd.countDown();
      assertThat(renewing.get()).isEqualTo("A_NEW_TOKEN a");
    }
  }

  private static Login slow(CountDownLatch begun, CountDownLatch mayEnd) {
    begun.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return granted("a", HOUR);
  }
}
