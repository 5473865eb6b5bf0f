package dev.reelay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.limit.RateLimit.Level;
import dev.reelay.testkit.ManualClock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = 1_000_000_000L;

  private final ManualClock clock = new ManualClock();
  private final RateLimit sixty = new RateLimit(clock, 60, 60);

  @Test
  void a_fresh_bucket_gives_its_burst_and_then_says_when_the_next_call_may_go() {
    takeAll(60);

    assertThat(sixty.take()).isEqualTo(SECOND);
    assertThat(sixty.level()).isEqualTo(new Level(0, 60 * SECOND));
  }

  @Test
  void several_calls_are_taken_together_or_not_at_all() {
    assertThat(sixty.take(50)).isZero();
    assertThat(sixty.take(20)).isEqualTo(10 * SECOND);
    assertThat(sixty.level().remaining()).isEqualTo(10);
    assertThat(sixty.take(10)).isZero();
  }

  @Test
  void more_than_the_burst_counts_as_the_burst() {
    assertThat(sixty.take(1_000)).isZero();
    assertThat(sixty.take()).isEqualTo(SECOND);
  }

  @Test
  void what_was_refused_took_nothing() {
    takeAll(60);
    for (var i = 0; i < 100; i++) {
      sixty.take();
    }

    clock.move(Duration.ofSeconds(1));

    assertThat(sixty.take()).isZero();
    assertThat(sixty.take()).isEqualTo(SECOND);
  }

  @Test
  void booked_calls_go_one_after_the_other_once_the_burst_is_used_up() {
    for (var i = 0; i < 60; i++) {
      assertThat(sixty.book(1_000, 0)).isZero();
    }

    assertThat(sixty.book(1_000, 0)).isEqualTo(SECOND);
    assertThat(sixty.book(1_000, 0)).isEqualTo(2 * SECOND);
    clock.move(Duration.ofSeconds(5));
    assertThat(sixty.book(1_000, 0)).isZero();
  }

  @Test
  void a_booking_waits_no_longer_than_all_that_may_be_ahead_of_it_when_the_clock_was_set_back() {
    sixty.book(10, 0);

    clock.move(Duration.ofHours(-5));

    assertThat(sixty.book(10, 0)).isEqualTo(11 * SECOND);
  }

  @Test
  void no_booked_call_goes_in_a_pause_and_a_whole_burst_goes_after_it() {
    for (var i = 0; i < 60; i++) {
      assertThat(sixty.book(1_000, 90 * SECOND)).isEqualTo(90 * SECOND);
    }

    assertThat(sixty.book(1_000, 90 * SECOND)).isEqualTo(91 * SECOND);
  }

  @Test
  void a_bucket_fills_up_evenly_and_never_above_its_burst() {
    takeAll(60);

    clock.move(Duration.ofMillis(2_500));
    var soon = sixty.level();
    clock.move(Duration.ofHours(5));

    assertThat(soon).isEqualTo(new Level(2, 57_500 * SECOND / 1_000));
    assertThat(sixty.level()).isEqualTo(new Level(60, 0));
    takeAll(60);
    assertThat(sixty.take()).isPositive();
  }

  @Test
  void a_call_given_back_may_be_taken_again() {
    sixty.giveBack();
    takeAll(60);

    sixty.giveBack();

    assertThat(sixty.take()).isZero();
    assertThat(sixty.take()).isPositive();
  }

  @Test
  void a_clock_set_back_empties_a_bucket_at_most() {
    takeAll(30);

    clock.move(Duration.ofMinutes(-10));

    assertThat(sixty.level()).isEqualTo(new Level(0, 60 * SECOND));
    assertThat(sixty.take()).isEqualTo(SECOND);
    clock.move(Duration.ofSeconds(1));
    assertThat(sixty.take()).isZero();
    assertThat(sixty.take()).isEqualTo(SECOND);
  }

  @Test
  void many_threads_together_get_the_burst_and_no_more() throws Exception {
    Callable<Long> twenty =
        () -> {
          var went = 0L;
          for (var i = 0; i < 20; i++) {
            went += sixty.take() == 0 ? 1 : 0;
          }
          return went;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var went = threads.invokeAll(Collections.nCopies(10, twenty));

      assertThat(went.stream().mapToLong(Future::resultNow).sum()).isEqualTo(60);
    }
  }

  @Test
  void a_limit_of_nothing_is_refused() {
    assertThatThrownBy(() -> new RateLimit(clock, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit(clock, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void takeAll(int calls) {
    for (var i = 0; i < calls; i++) {
      assertThat(sixty.take()).isZero();
    }
  }
}
