package dev.reelay.lab;

import java.time.Duration;

/**
 * How long jobs wait and run.
 *
 * @param shown after this long a job is in lists and in look-ups by its reference
 */
public record LabPace(Duration queued, Duration running, Duration shown) {
  /** Some seconds, for people who look on. */
  public static final LabPace USUAL = new LabPace(Duration.ofSeconds(2), Duration.ofSeconds(6));

  /** For tests, which wait for polls anyway. */
  public static final LabPace QUICK = new LabPace(Duration.ofMillis(200), Duration.ofMillis(800));

  /** Jobs are listed at once. */
  public LabPace(Duration queued, Duration running) {
    this(queued, running, Duration.ZERO);
  }

  /** So many times as fast. */
  public LabPace times(int factor) {
    return new LabPace(
        queued.dividedBy(factor), running.dividedBy(factor), shown.dividedBy(factor));
  }

  Duration whole() {
    return queued.plus(running);
  }
}
