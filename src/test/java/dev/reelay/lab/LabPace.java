package dev.reelay.lab;

import java.time.Duration;

/** How long jobs wait and run. */
public record LabPace(Duration queued, Duration running) {
  /** Some seconds, for people who look on. */
  public static final LabPace USUAL = new LabPace(Duration.ofSeconds(2), Duration.ofSeconds(6));

  /** For tests, which wait for polls anyway. */
  public static final LabPace QUICK = new LabPace(Duration.ofMillis(200), Duration.ofMillis(800));

  /** So many times as fast. */
  public LabPace times(int factor) {
    return new LabPace(queued.dividedBy(factor), running.dividedBy(factor));
  }

  Duration whole() {
    return queued.plus(running);
  }
}
