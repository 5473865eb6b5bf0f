package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.Recovery;
import dev.reelay.task.Upstream.Abilities;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacingTest {
  private static final Abilities ABILITIES =
      new Abilities(Recovery.NONE, false, Duration.ofSeconds(2), Duration.ofSeconds(30));

  @Test
  void a_job_that_cannot_be_done_yet_is_asked_for_seldom() {
    var wait = Pacing.nextPoll(ABILITIES, seconds(0), Optional.of(seconds(60)));

    assertThat(wait).isEqualTo(seconds(20));
  }

  @Test
  void a_job_that_is_nearly_done_is_asked_for_often() {
    var wait = Pacing.nextPoll(ABILITIES, seconds(57), Optional.of(seconds(60)));

    assertThat(wait).isEqualTo(ABILITIES.pollFloor());
  }

  @Test
  void a_job_that_takes_longer_than_usual_is_asked_for_ever_more_seldom() {
    assertThat(Pacing.nextPoll(ABILITIES, seconds(90), Optional.of(seconds(60))))
        .isEqualTo(seconds(5));
    assertThat(Pacing.nextPoll(ABILITIES, seconds(6_000), Optional.of(seconds(60))))
        .isEqualTo(ABILITIES.pollCeiling());
  }

  @Test
  void without_experience_the_wait_grows_from_the_floor_to_the_ceiling() {
    assertThat(Pacing.nextPoll(ABILITIES, seconds(0), Optional.empty()))
        .isEqualTo(ABILITIES.pollFloor());
    assertThat(Pacing.nextPoll(ABILITIES, seconds(60), Optional.empty())).isEqualTo(seconds(10));
    assertThat(Pacing.nextPoll(ABILITIES, seconds(600), Optional.empty()))
        .isEqualTo(ABILITIES.pollCeiling());
  }

  @Test
  void a_clock_set_back_leaves_the_wait_within_its_bounds() {
    assertThat(Pacing.nextPoll(ABILITIES, seconds(-600), Optional.empty()))
        .isEqualTo(ABILITIES.pollFloor());
    assertThat(Pacing.nextPoll(ABILITIES, seconds(-600), Optional.of(seconds(60))))
        .isEqualTo(ABILITIES.pollCeiling());
  }

  @Test
  void failures_in_a_row_double_the_wait_up_to_a_minute() {
    assertThat(Pacing.backoff(0)).isEqualTo(seconds(1));
    assertThat(Pacing.backoff(3)).isEqualTo(seconds(8));
    assertThat(Pacing.backoff(6)).isEqualTo(seconds(60));
    assertThat(Pacing.backoff(Integer.MAX_VALUE)).isEqualTo(seconds(60));
    assertThat(Pacing.backoff(-1)).isEqualTo(seconds(1));
  }

  @Test
  void a_provider_is_believed_when_to_come_back_within_reason() {
    assertThat(Pacing.retryAfter(Optional.of(seconds(20)), 5)).isEqualTo(seconds(20));
    assertThat(Pacing.retryAfter(Optional.of(Duration.ZERO), 0)).isEqualTo(seconds(1));
    assertThat(Pacing.retryAfter(Optional.of(Duration.ofDays(1)), 0)).isEqualTo(seconds(300));
    assertThat(Pacing.retryAfter(Optional.empty(), 2)).isEqualTo(seconds(4));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
