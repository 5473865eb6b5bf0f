package dev.reelay.worker;

import dev.reelay.task.StoreUnreachable;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a body again and again on a thread of its own until closed. One of the two places that catch
 * exceptions: a body that throws is logged and tried again after {@link #AFTER_FAULT}. Errors too,
 * since a loop that ended in silence would leave a node that looks alive and does nothing.
 */
public final class Loop implements AutoCloseable {
  static final Duration AFTER_FAULT = Duration.ofSeconds(1);
  static final Duration WAIT_MAX = Duration.ofHours(1);
  private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final String name;
  private final Body body;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean woken;
  private boolean closed;

  /** One round. */
  @FunctionalInterface
  public interface Body {
    /** Does what is due and answers how long nothing will be, unless woken. */
    Duration runOnce();
  }

  public Loop(String name, Body body) {
    this.name = name;
    this.body = body;
    this.thread = Thread.ofVirtual().name("loop-" + name).unstarted(this::run);
  }

  public Loop start() {
    thread.start();
    return this;
  }

  /** Makes the next round come at once. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the round under way, which is waited for a short while. May be repeated. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(CLOSE_WAIT_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (await(round())) {
      // Each round says how long to wait for the next.
    }
  }

  private Duration round() {
    try {
      return body.runOnce();
    } catch (StoreUnreachable e) {
      LOG.warn("loop {} waits for the store: {}", name, e.getMessage());
      return AFTER_FAULT;
    } catch (Throwable e) {
      LOG.error("loop {} failed and goes on", name, e);
      return AFTER_FAULT;
    }
  }

  /** Waits for a wake, the time, or the end; false at the end. */
  private boolean await(Duration atMost) {
    lock.lock();
    try {
      var left = (atMost.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : atMost).toNanos();
      while (!woken && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      woken = false;
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
