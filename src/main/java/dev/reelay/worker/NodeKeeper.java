package dev.reelay.worker;

import dev.reelay.task.NodeStore;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's lease, and takes the tasks that no living node holds. A node whose lease is in
 * question stops working by itself, before others may take its tasks.
 */
public final class NodeKeeper implements Loop.Body {
  public static final Duration LEASE = Duration.ofSeconds(30);
  static final Duration RENEW_EVERY = Duration.ofSeconds(10);
  static final Duration SWEEP_EVERY = Duration.ofSeconds(5);
  static final Duration AUDIT_EVERY = Duration.ofSeconds(30);
  static final int ORPHANS_MAX = 500;

  /** Stops this much before the store would give the tasks away. */
  static final Duration SAFETY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);

  private final String name;
  private final NodeStore nodes;
  private final TaskStore tasks;
  private final Schedule schedule;
  private final InstantSource clock;
  private volatile Task.Custody custody = Task.Custody.NOBODY;
  private volatile Instant goodUntil = Instant.EPOCH;
  private volatile boolean draining;
  private volatile int othersAlive;
  private Instant renewAt = Instant.EPOCH;
  private Instant auditAt = Instant.EPOCH;

  public NodeKeeper(
      String name, NodeStore nodes, TaskStore tasks, Schedule schedule, InstantSource clock) {
    this.name = name;
    this.nodes = nodes;
    this.tasks = tasks;
    this.schedule = schedule;
    this.clock = clock;
  }

  /**
   * Registers and takes back what a former life of this node left behind: a batch now, the rest in
   * the rounds that follow.
   */
  public void begin() {
    var now = clock.instant();
    var fence = nodes.register(name, LEASE);
    schedule.begin(fence);
    custody = new Task.Custody(name, fence);
    renewed(now);
    sweep();
  }

  /** A draining node only keeps its lease, so that what is under way may end undisturbed. */
  @Override
  public Duration runOnce() {
    var now = clock.instant();
    if (isTimeToRenew(now)) {
      renew(now);
    }
    if (draining) {
      return SWEEP_EVERY;
    }
    var isMoreThere = sweep();
    audit(now);
    return isMoreThere ? Duration.ZERO : SWEEP_EVERY;
  }

  /** Also when the clock was set back: the store's clock was not. */
  private boolean isTimeToRenew(Instant now) {
    return !now.isBefore(renewAt) || now.isBefore(renewAt.minus(RENEW_EVERY));
  }

  private void renew(Instant now) {
    if (custody.fence() != 0 && nodes.renew(name, custody.fence(), LEASE)) {
      renewed(now);
      return;
    }
    if (draining) {
      return;
    }
    LOG.warn("node {} lost its lease and begins anew", name);
    begin();
  }

  /** Counted from before the call, so that we never believe in a longer lease than the store. */
  private void renewed(Instant askedAt) {
    goodUntil = askedAt.plus(LEASE).minus(SAFETY);
    renewAt = askedAt.plus(RENEW_EVERY);
    othersAlive = nodes.othersAlive(custody.fence());
  }

  /**
   * Takes one batch and says whether there may be more. Between two of them the lease is looked
   * after: to take all that a large node left behind can last longer than a lease.
   */
  private boolean sweep() {
    var taken = tasks.takeOrphans(custody, ORPHANS_MAX);
    if (!taken.isEmpty()) {
      LOG.info("node {} took {} tasks that nobody held", name, taken.size());
      schedule.adopt(taken);
    }
    return taken.size() == ORPHANS_MAX;
  }

  /**
   * Compares the schedule with the rows. A commit whose answer was lost, or that another process
   * made, is found here, so that no task is forgotten by a node that lives.
   */
  private void audit(Instant now) {
    if (now.isBefore(auditAt) && !now.isBefore(auditAt.minus(AUDIT_EVERY))) {
      return;
    }
    var rows = new HashMap<TaskId, Long>();
    tasks.openUnder(custody.fence()).forEach(row -> rows.put(row.id(), row.version()));
    for (var id : schedule.unlike(rows)) {
      tasks.find(id).ifPresentOrElse(schedule::committed, () -> schedule.forget(id));
    }
    auditAt = now.plus(AUDIT_EVERY);
  }

  /** Whose a task is that this node accepts now. */
  public Task.Custody custody() {
    return custody;
  }

  /** Whether steps may be begun: the lease is surely good and the node is not draining. */
  public boolean mayWork() {
    return !draining && clock.instant().isBefore(goodUntil);
  }

  public boolean hasCompany() {
    return othersAlive > 0;
  }

  /** No new step begins; those under way may end. */
  public void drain() {
    draining = true;
  }

  /** Gives the lease back, so that others may take the tasks at once. */
  public void end() {
    nodes.release(name, custody.fence());
  }
}
