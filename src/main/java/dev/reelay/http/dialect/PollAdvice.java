package dev.reelay.http.dialect;

import dev.reelay.task.Job;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.UsualTimes;
import java.time.Duration;
import java.time.InstantSource;

/**
 * When a client should come back: seldom while a job of this kind cannot be done yet, more often
 * towards the time that such jobs usually take, seldom again when that is long past.
 */
public final class PollAdvice {
  static final Duration QUICK = Duration.ofSeconds(1);
  static final Duration RUNNING = Duration.ofSeconds(3);
  static final Duration RUNNING_MAX = Duration.ofSeconds(15);
  static final Duration IN_DOUBT = Duration.ofSeconds(10);
  private static final int SHARE_OF_REMAINING = 2;
  private static final int SHARE_OF_OVERDUE = 6;

  private final UsualTimes times;
  private final InstantSource clock;

  public PollAdvice(UsualTimes times, InstantSource clock) {
    this.times = times;
    this.clock = clock;
  }

  /** How long to wait from now on; zero for a final task. */
  public Duration of(Task task) {
    return switch (task.state()) {
      case TaskState.Queued _, TaskState.Submitting _, TaskState.Storing _ -> QUICK;
      case TaskState.Running(Job job) -> running(task, job);
      case TaskState.InDoubt _ -> IN_DOUBT;
      case TaskState.Succeeded _, TaskState.Failed _, TaskState.Canceled _ -> Duration.ZERO;
    };
  }

  long nowMillis() {
    return clock.millis();
  }

  private Duration running(Task task, Job job) {
    return times
        .usual(task, job)
        .map(usual -> usual.minus(Duration.between(job.attempt().startedAt(), clock.instant())))
        .map(PollAdvice::share)
        .orElse(RUNNING);
  }

  private static Duration share(Duration remaining) {
    var wait =
        remaining.isNegative()
            ? remaining.negated().dividedBy(SHARE_OF_OVERDUE)
            : remaining.dividedBy(SHARE_OF_REMAINING);
    if (wait.compareTo(QUICK) < 0) {
      return QUICK;
    }
    return wait.compareTo(RUNNING_MAX) > 0 ? RUNNING_MAX : wait;
  }
}
