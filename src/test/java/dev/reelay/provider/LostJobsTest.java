package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.testkit.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LostJobsTest {
  private static final PollOutcome LOST =
      new PollOutcome.Failed(Failure.of(ErrorCode.UPSTREAM_EXPIRED));

  private final ManualClock clock = new ManualClock(ProviderKit.NOW);
  private final LostJobs lost = new LostJobs(clock, LostJobs.CONFIRMED_AFTER);
  private final Job old = new Job(ProviderKit.attempt(LostJobs.OLD_FROM), "up_1");

  @Test
  void a_second_answer_after_some_time_is_believed() {
    assertThat(lost.weigh(old, LOST)).isEqualTo(askedAgainIn(LostJobs.CONFIRMED_AFTER));
    clock.move(LostJobs.CONFIRMED_AFTER);

    assertThat(lost.weigh(old, LOST)).isEqualTo(LOST);
  }

  @Test
  void what_is_said_of_a_young_job_does_not_count() {
    var young = new Job(ProviderKit.attempt(LostJobs.OLD_FROM.minusSeconds(1)), "up_2");

    assertThat(lost.weigh(young, LOST)).isEqualTo(askedAgainIn(Duration.ofSeconds(1)));
    clock.move(Duration.ofSeconds(1));
    assertThat(lost.weigh(young, LOST)).isEqualTo(askedAgainIn(LostJobs.CONFIRMED_AFTER));
  }

  @Test
  void a_job_that_was_found_in_between_has_to_be_lost_anew() {
    var pending = new PollOutcome.Pending(OptionalInt.empty());
    lost.weigh(old, LOST);
    clock.move(LostJobs.CONFIRMED_AFTER);

    assertThat(lost.weigh(old, pending)).isEqualTo(pending);
    assertThat(lost.weigh(old, LOST)).isEqualTo(askedAgainIn(LostJobs.CONFIRMED_AFTER));
  }

  @Test
  void a_question_that_failed_in_between_says_nothing() {
    var unanswered = new PollOutcome.Unanswered("cut", Optional.empty());
    lost.weigh(old, LOST);
    clock.move(LostJobs.CONFIRMED_AFTER);

    assertThat(lost.weigh(old, unanswered)).isEqualTo(unanswered);
    assertThat(lost.weigh(old, LOST)).isEqualTo(LOST);
  }

  @Test
  void one_job_says_nothing_of_another() {
    lost.weigh(old, LOST);
    clock.move(LostJobs.CONFIRMED_AFTER);

    var other = new Job(ProviderKit.attempt(LostJobs.OLD_FROM), "up_3");
    assertThat(lost.weigh(other, LOST)).isEqualTo(askedAgainIn(LostJobs.CONFIRMED_AFTER));
  }

  private static PollOutcome askedAgainIn(Duration wait) {
    return new PollOutcome.Unanswered(
        "the provider does not know the job, perhaps not yet", Optional.of(wait));
  }
}
