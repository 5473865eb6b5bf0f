package dev.reelay;

import dev.reelay.worker.Loop;
import dev.reelay.worker.NodeKeeper;
import dev.reelay.worker.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running loops of a node, and the order in which they end. */
final class Workers implements AutoCloseable {
  /** What is under way when the node stops has this long to end. */
  static final Duration DRAIN_MAX = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final NodeKeeper keeper;
  private final Schedule schedule;
  private final ExecutorService executor;
  private final List<Loop> loops;

  Workers(NodeKeeper keeper, Schedule schedule, ExecutorService executor, List<Loop> loops) {
    this.keeper = keeper;
    this.schedule = schedule;
    this.executor = executor;
    this.loops = List.copyOf(loops);
  }

  /**
   * Begins no new step and lets those under way end. The loops go on meanwhile: the lease is kept
   * and facts are saved. Then the lease is given back, so that another node or the next life of
   * this one goes on at once.
   */
  @Override
  public void close() {
    keeper.drain();
    try {
      if (!schedule.awaitQuiet(DRAIN_MAX)) {
        LOG.warn("some steps did not end in time; their attempts will be in doubt");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loops.forEach(Loop::close);
    executor.shutdownNow();
    try {
      keeper.end();
    } catch (RuntimeException e) {
      LOG.warn("the lease was not given back; it runs out by itself: {}", e.toString());
    }
  }
}
