package dev.reelay.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Short waits between two questions to another process, whose clock no test can move. Tests of one
 * process have no use for them.
 */
public final class Pauses {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private Pauses() {}

  public static void of(Duration length) {
    try {
      if (NEVER.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("nobody opens this latch");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
