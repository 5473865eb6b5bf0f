package dev.reelay.task;

import java.time.Duration;

/** Leases of nodes, by the store's own clock. A node holds a lease, not a task. */
public interface NodeStore {
  /**
   * Begins a node's life: its former lease, if any, ends at once, so that its tasks are orphans.
   *
   * @return a fence above every earlier one
   */
  long register(String node, Duration lease);

  /** Prolongs the lease; false if it ran out or another process registered under this name. */
  boolean renew(String node, long fence, Duration lease);

  /** Ends the lease at once, so that others may take the tasks. */
  void release(String node, long fence);

  /** Other nodes alive now. */
  int othersAlive(long fence);
}
