package dev.reelay.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Goes so many times as fast as another clock, and can be set forward. */
public final class QuickClock implements InstantSource {
  private final InstantSource truth;
  private final int times;
  private final Instant start;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  public QuickClock(InstantSource truth, int times) {
    this.truth = truth;
    this.times = times;
    this.start = truth.instant();
  }

  @Override
  public Instant instant() {
    return start
        .plus(Duration.between(start, truth.instant()).multipliedBy(times))
        .plus(ahead.get());
  }

  public void move(Duration by) {
    ahead.updateAndGet(sum -> sum.plus(by));
  }
}
