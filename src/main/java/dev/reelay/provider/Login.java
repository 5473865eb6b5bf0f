package dev.reelay.provider;

import dev.reelay.access.Secret;
import java.time.Duration;
import java.util.Optional;

/** What came of asking for a token. Nothing of a task has been sent by then. */
public sealed interface Login {
  /**
   * @param life how long it is good from the moment of the question, more than zero
   */
  record Granted(Secret token, Duration life) implements Login {
    public Granted {
      if (life.isNegative() || life.isZero()) {
        throw new IllegalArgumentException("a token lives for some time: " + life);
      }
    }
  }

  /** The channel's secret is not taken; another try is no better until it is changed. */
  record Refused(String why) implements Login {}

  /** Only the question failed. */
  record Unanswered(String why, Optional<Duration> retryAfter) implements Login {}
}
