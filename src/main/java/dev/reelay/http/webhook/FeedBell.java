package dev.reelay.http.webhook;

import dev.reelay.access.TenantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes those who wait for an event: rung when a task of the tenant has ended on this node. Once
 * closed, every wait ends at once, also those that begin later.
 */
public final class FeedBell implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TenantId, Bell> bells = new HashMap<>();
  private int waiting;
  private boolean isClosed;

  /** One tenant's. */
  private static final class Bell {
    private final Condition condition;
    private long rings;

    Bell(Condition condition) {
      this.condition = condition;
    }
  }

  public void ring(TenantId tenant) {
    lock.lock();
    try {
      var bell = bells.get(tenant);
      if (bell != null) {
        bell.rings++;
        bell.condition.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is waited for any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      bells.values().forEach(bell -> bell.condition.signalAll());
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next ring, or that long; false if nothing is to be waited for any more. */
  boolean await(TenantId tenant, Duration atMost) {
    lock.lock();
    waiting++;
    try {
      var bell = bells.computeIfAbsent(tenant, _ -> new Bell(lock.newCondition()));
      var heard = bell.rings;
      var left = atMost.toNanos();
      while (!isClosed && bell.rings == heard && left > 0) {
        left = bell.condition.awaitNanos(left);
      }
      return !isClosed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting--;
      lock.unlock();
    }
  }
}
