package dev.reelay.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long an endpoint has failed without one success in between. A failing day begins with the
 * first failure and lasts 24 hours; the next failure after that begins another. Days on which
 * nothing was sent do not count, so that one old failure does not weigh like a week of them.
 *
 * @param failingDays 0 to {@link #FAILING_DAYS_MAX}
 * @param dayBegan when the last failing day began; empty if and only if there is none
 */
public record Health(int failingDays, Optional<Instant> dayBegan) {
  /** So many failing days in a row, and the failure after them disables. */
  public static final int FAILING_DAYS_MAX = 5;

  public static final Health GOOD = new Health(0, Optional.empty());
  private static final Duration DAY = Duration.ofDays(1);

  public Health {
    if (failingDays < 0
        || failingDays > FAILING_DAYS_MAX
        || (failingDays == 0) != dayBegan.isEmpty()) {
      throw new IllegalArgumentException("not a health: " + failingDays + " since " + dayBegan);
    }
  }

  /** After one more failure; empty if that is one too many and the endpoint is disabled. */
  public Optional<Health> failed(Instant now) {
    if (dayBegan.isPresent() && now.isBefore(dayBegan.get().plus(DAY))) {
      return Optional.of(this);
    }
    return failingDays == FAILING_DAYS_MAX
        ? Optional.empty()
        : Optional.of(new Health(failingDays + 1, Optional.of(now)));
  }
}
