package dev.reelay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.ManualClock;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TempoTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock();
  private final Tempo sixty = new Tempo(clock, OptionalInt.of(60));
  private final Tempo free = new Tempo(clock, OptionalInt.empty());

  @Test
  void calls_go_evenly_and_looking_takes_none() {
    assertThat(sixty.untilFree()).isZero();
    assertThat(sixty.take()).isZero();

    assertThat(sixty.untilFree()).isEqualTo(SECOND);
    assertThat(sixty.take()).isEqualTo(SECOND);
    clock.move(SECOND);
    assertThat(sixty.untilFree()).isZero();
    assertThat(sixty.take()).isZero();
  }

  @Test
  void without_a_rate_any_number_may_go() {
    for (var n = 0; n < 1_000; n++) {
      assertThat(free.take()).isZero();
    }
  }

  @Test
  void a_pause_lets_nothing_go_and_takes_nothing() {
    sixty.pause(Duration.ofSeconds(10));
    free.pause(Duration.ofSeconds(10));

    clock.move(Duration.ofSeconds(4));
    assertThat(sixty.take()).isEqualTo(Duration.ofSeconds(6));
    assertThat(free.untilFree()).isEqualTo(Duration.ofSeconds(6));
    clock.move(Duration.ofSeconds(6));

    assertThat(sixty.take()).isZero();
    assertThat(free.take()).isZero();
  }

  @Test
  void booked_calls_follow_each_other_and_none_goes_in_a_pause() {
    assertThat(sixty.book(10)).isZero();
    assertThat(sixty.book(10)).isEqualTo(SECOND);
    assertThat(sixty.isPaused()).isFalse();
    sixty.pause(Duration.ofSeconds(10));
    free.pause(Duration.ofSeconds(10));

    assertThat(sixty.isPaused()).isTrue();
    assertThat(sixty.book(10)).isEqualTo(Duration.ofSeconds(10));
    assertThat(sixty.book(10)).isEqualTo(Duration.ofSeconds(11));
    assertThat(free.book(10)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void a_shorter_pause_ends_no_longer_one_and_a_mistaken_one_is_cut() {
    free.pause(Duration.ofSeconds(60));
    free.pause(Duration.ofSeconds(1));
    assertThat(free.take()).isEqualTo(Duration.ofSeconds(60));

    free.pause(Duration.ofDays(1));
    assertThat(free.take()).isEqualTo(Tempo.PAUSE_MAX);
  }

  @Test
  void a_clock_set_back_makes_no_pause_longer_than_the_longest() {
    free.pause(Duration.ofSeconds(60));

    clock.move(Duration.ofHours(-1));

    assertThat(free.take()).isEqualTo(Tempo.PAUSE_MAX);
    clock.move(Tempo.PAUSE_MAX);
    assertThat(free.take()).isZero();
  }
}
