package dev.reelay.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.task.Recovery.JobList;
import dev.reelay.task.Recovery.Shows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static final Shows ALL = new Shows(true, true, true);

  @Test
  void a_doubt_lasts_as_long_as_a_job_may_run_and_be_listed_afterwards() {
    var hour = Recovery.NONE.withLongestJob(Duration.ofHours(1));
    var list = new JobList(Duration.ZERO, Duration.ofHours(2), ALL);

    assertThat(hour.longestDoubt()).isEqualTo(Duration.ofHours(1));
    assertThat(hour.withList(list).longestDoubt()).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void no_doubt_lasts_longer_than_a_day() {
    var week = new JobList(Duration.ZERO, Duration.ofDays(7), ALL);

    assertThat(Recovery.NONE.longestDoubt()).isEqualTo(Duration.ofDays(1));
    assertThat(Recovery.NONE.withList(week).longestDoubt()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void times_that_cannot_be_are_not_declared() {
    assertThatThrownBy(() -> Recovery.NONE.withToken(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Recovery.NONE.withReference(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JobList(Duration.ZERO, Duration.ZERO, ALL))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
