package dev.reelay.worker;

import dev.reelay.task.Upstream.Abilities;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long to wait before asking again. Pure: between the adapter's floor and its ceiling, seldom
 * while a job of this model cannot be done yet, often around the time it usually is.
 */
final class Pacing {
  private static final int SHARE_OF_REMAINING = 3;
  private static final int SHARE_OF_ELAPSED = 6;

  /** What waiting for others may cost at most, half of it on average. */
  static final Duration TOGETHER_EVERY = Duration.ofMillis(500);

  private static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);
  private static final Duration BACKOFF_MAX = Duration.ofMinutes(1);
  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);
  private static final int DOUBLINGS_MAX = 6;

  private Pacing() {}

  /**
   * @param running since the provider accepted
   * @param usual how long jobs of this model take, as learned; empty at first
   */
  static Duration nextPoll(Abilities abilities, Duration running, Optional<Duration> usual) {
    var wait =
        usual
            .map(learned -> learned.minus(running))
            .filter(Duration::isPositive)
            .map(remaining -> remaining.dividedBy(SHARE_OF_REMAINING))
            .orElseGet(() -> overdue(running, usual.orElse(Duration.ZERO)));
    return clamp(wait, abilities.pollFloor(), abilities.pollCeiling());
  }

  /**
   * The next of those moments at which all are due that can be asked for together, so that one call
   * finds many of them.
   */
  static Instant together(Instant at) {
    var step = TOGETHER_EVERY.toMillis();
    return Instant.ofEpochMilli(Math.ceilDiv(at.toEpochMilli(), step) * step);
  }

  private static Duration overdue(Duration running, Duration usual) {
    return running.minus(usual).dividedBy(SHARE_OF_ELAPSED);
  }

  /** After so many failures in a row: 1 s, doubled each time, at most a minute. */
  static Duration backoff(int failures) {
    var doublings = Math.min(Math.max(failures, 0), DOUBLINGS_MAX);
    return clamp(BACKOFF_FIRST.multipliedBy(1L << doublings), BACKOFF_FIRST, BACKOFF_MAX);
  }

  /**
   * What a provider that gave no answer asked for, if that is reasonable: never at once, and never
   * so long that a mistaken header leaves a task to its deadline.
   */
  static Duration retryAfter(Optional<Duration> asked, int failures) {
    return asked
        .map(wait -> clamp(wait, BACKOFF_FIRST, RETRY_AFTER_MAX))
        .orElseGet(() -> backoff(failures));
  }

  private static Duration clamp(Duration wait, Duration floor, Duration ceiling) {
    if (wait.compareTo(floor) < 0) {
      return floor;
    }
    return wait.compareTo(ceiling) > 0 ? ceiling : wait;
  }
}
