package dev.reelay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.limit.Places.Place;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Places one = new Places(1);

  @Test
  void a_place_is_taken_once_until_it_is_given_back() {
    var place = one.take();

    assertThat(place).isPresent();
    assertThat(one.take()).isEmpty();
    place.orElseThrow().close();
    assertThat(one.take()).isPresent();
  }

  @Test
  void who_waits_comes_before_who_only_asks() throws Exception {
    var first = one.take().orElseThrow();
    var waiting = new CompletableFuture<Thread>();
    var waiter =
        CompletableFuture.supplyAsync(
            () -> {
              waiting.complete(Thread.currentThread());
              return one.take(LONG);
            });
    var thread = waiting.get();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    first.close();
    Optional<Place> asked = one.take();

    assertThat(asked).isEmpty();
    assertThat(waiter.get()).isPresent();
  }

  @Test
  void an_interrupt_ends_the_waiting() {
    one.take();
    Thread.currentThread().interrupt();

    var place = one.take(LONG);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(place).isEmpty();
  }
}
