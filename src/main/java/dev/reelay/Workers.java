package dev.reelay;

import dev.reelay.worker.Loop;
import dev.reelay.worker.NodeKeeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running loops of a node, and the order in which they end. */
final class Workers implements AutoCloseable {
  /** What is under way when the node stops has this long to end. */
  static final Duration DRAIN_MAX = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final NodeKeeper keeper;
  private final ExecutorService executor;
  private final List<Loop> loops;

  Workers(NodeKeeper keeper, ExecutorService executor, List<Loop> loops) {
    this.keeper = keeper;
    this.executor = executor;
    this.loops = List.copyOf(loops);
  }

  /**
   * Begins no new step, lets those under way end, and gives the lease back, so that another node or
   * the next life of this one goes on at once.
   */
  @Override
  public void close() {
    keeper.drain();
    loops.forEach(Loop::close);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(DRAIN_MAX.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("some steps did not end in time; their attempts will be in doubt");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      keeper.end();
    } catch (RuntimeException e) {
      LOG.warn("the lease was not given back; it runs out by itself: {}", e.toString());
    }
  }
}
