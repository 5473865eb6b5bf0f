package dev.reelay;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads whose work may be cut when the node stops. {@link ExecutorService#close} would wait for
 * it without limit.
 *
 * @param endMax how long interrupted work has to end; what takes longer is left alone
 */
record EndingThreads(ExecutorService executor, Duration endMax) implements AutoCloseable {
  static final Duration END_MAX = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(EndingThreads.class);

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(endMax.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("some work did not end in time and is left alone");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
