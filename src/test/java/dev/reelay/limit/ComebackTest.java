package dev.reelay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComebackTest {
  private static final Duration TICK = Duration.ofMillis(10);
  private static final int TICKS_A_SECOND = 100;

  private final ManualClock clock = new ManualClock();
  private final Comeback comeback = new Comeback(clock);

  @Test
  void a_server_that_answers_is_not_slowed() {
    for (int call = 0; call < 1_000; call++) {
      assertThat(comeback.take()).isZero();
      comeback.answered();
    }
    comeback.unanswered();
    comeback.unanswered();

    assertThat(comeback.take()).isZero();
  }

  @Test
  void a_server_that_is_gone_is_tried_once_a_second() {
    answerSeconds(60, 10);
    goneFor(Duration.ZERO);

    assertThat(takenIn(60)).isBetween(60, 61);
    assertThat(comeback.untilFree()).isPositive();
  }

  @Test
  void after_its_return_twice_as_much_comes_as_before() {
    answerSeconds(120, 10);
    goneFor(Duration.ofMinutes(10));

    comeback.answered();

    assertThat(takenIn(60)).isBetween(1_190, 1_201);
  }

  @Test
  void what_is_sent_while_it_returns_is_not_taken_for_normal() {
    answerSeconds(120, 10);
    goneFor(Duration.ofMinutes(10));
    comeback.answered();
    takenIn(120);
    goneFor(Duration.ofMinutes(10));

    comeback.answered();

    assertThat(takenIn(10)).isBetween(190, 201);
  }

  @Test
  void a_server_that_was_never_known_is_called_twice_a_second_at_first() {
    goneFor(Duration.ofMinutes(1));

    comeback.answered();

    assertThat(takenIn(10)).isBetween(20, 21);
  }

  @Test
  void once_nobody_has_waited_for_a_while_all_is_as_before() {
    goneFor(Duration.ofMinutes(10));
    comeback.answered();
    assertThat(comeback.take()).isZero();
    assertThat(comeback.take()).isPositive();

    clock.move(Comeback.AT_REST.plusSeconds(1));

    assertThat(comeback.take()).isZero();
    assertThat(takenIn(1)).isEqualTo(TICKS_A_SECOND);
  }

  @Test
  void it_is_slowed_no_longer_than_it_was_gone() {
    goneFor(Duration.ofSeconds(30));
    comeback.answered();

    assertThat(takenIn(30)).isBetween(60, 62);
    assertThat(takenIn(2)).isGreaterThan(TICKS_A_SECOND);
  }

  private void answerSeconds(int seconds, int perSecond) {
    for (int call = 0; call < seconds * perSecond; call++) {
      clock.move(Duration.ofMillis(1_000 / perSecond));
      comeback.answered();
    }
  }

  private void goneFor(Duration length) {
    for (int call = 0; call < Comeback.UNANSWERED_MAX; call++) {
      comeback.unanswered();
    }
    clock.move(length);
  }

  /** How many go of a crowd that asks all the time. */
  private int takenIn(int seconds) {
    int taken = 0;
    for (int tick = 0; tick < seconds * TICKS_A_SECOND; tick++) {
      clock.move(TICK);
      taken += comeback.take().isZero() ? 1 : 0;
    }
    return taken;
  }
}
