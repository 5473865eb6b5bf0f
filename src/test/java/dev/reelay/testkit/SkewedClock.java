package dev.reelay.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A machine's own clock: the true time, and wrong by so much. */
final class SkewedClock implements InstantSource {
  private final InstantSource truth;
  private Duration skew = Duration.ZERO;

  SkewedClock(InstantSource truth) {
    this.truth = truth;
  }

  void set(Duration wrongBy) {
    skew = wrongBy;
  }

  @Override
  public Instant instant() {
    return truth.instant().plus(skew);
  }
}
