package dev.reelay.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, by asking again and again. */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /** Fails if it has not come within this time. */
  public static void until(Duration longest, String what, BooleanSupplier isThere) {
    var from = System.nanoTime();
    while (!isThere.getAsBoolean()) {
      if (System.nanoTime() - from > longest.toNanos()) {
        throw new AssertionError("not within " + longest + ": " + what);
      }
      Pauses.of(PAUSE);
    }
  }
}
