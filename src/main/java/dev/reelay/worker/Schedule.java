package dev.reelay.worker;

import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The open tasks that this node owns, in memory, by when they are due. A task given out by {@link
 * #takeDue} is busy until {@link #giveBack}, so that two threads never work on one task.
 */
public final class Schedule implements TaskListener {
  private final InstantSource clock;
  private final Runnable wake;
  private final Map<TaskId, Entry> entries = new HashMap<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(due -> due.id().value()));
  private long fence;

  /**
   * @param wake called when something became due earlier than before
   */
  public Schedule(InstantSource clock, Runnable wake) {
    this.clock = clock;
    this.wake = wake;
  }

  /** A task that is due, the fact that still waits to be committed, and failures in a row. */
  public record Work(Task task, Optional<TaskEvent> pendingFact, int misses) {}

  private record Due(TaskId id, Instant at, long stamp) {}

  private static final class Entry {
    private Task task;
    private boolean busy;
    private long stamp;
    private int misses;
    private Optional<TaskEvent> fact = Optional.empty();

    Entry(Task task) {
      this.task = task;
    }
  }

  /**
   * Begins a life under a new fence. Tasks of the former one are forgotten, except those being
   * worked on and those whose fact still waits for the store: a fact is never dropped.
   */
  public synchronized void begin(long newFence) {
    fence = newFence;
    entries.values().removeIf(entry -> !entry.busy && entry.fact.isEmpty());
  }

  /** Tasks taken over: due at once. */
  public void adopt(List<Task> tasks) {
    synchronized (this) {
      tasks.forEach(this::note);
    }
    wake.run();
  }

  @Override
  public void committed(Task task) {
    synchronized (this) {
      note(task);
    }
    wake.run();
  }

  @Override
  public synchronized void progressed(Task task) {
    var entry = entries.get(task.id());
    if (entry != null && entry.task.version() == task.version()) {
      entry.task = task;
    }
  }

  private void note(Task task) {
    var entry = entries.get(task.id());
    if (entry != null && entry.task.version() >= task.version()) {
      return;
    }
    if (entry == null && !isOurs(task)) {
      return;
    }
    if (entry == null) {
      entry = new Entry(task);
      entries.put(task.id(), entry);
    }
    entry.task = task;
    if (!entry.busy && entry.fact.isEmpty()) {
      keepOrForget(entry, clock.instant());
    }
  }

  private boolean isOurs(Task task) {
    return !task.isFinal() && task.custody().fence() == fence;
  }

  private void keepOrForget(Entry entry, Instant at) {
    if (isOurs(entry.task) || entry.fact.isPresent()) {
      enqueue(entry, at);
    } else {
      entries.remove(entry.task.id());
    }
  }

  private void enqueue(Entry entry, Instant at) {
    entry.stamp++;
    queue.add(new Due(entry.task.id(), at, entry.stamp));
  }

  /** Up to {@code max} tasks that are due; each is busy until given back. */
  public synchronized List<Work> takeDue(int max) {
    var now = clock.instant();
    var taken = new ArrayList<Work>();
    while (taken.size() < max && !queue.isEmpty() && !queue.peek().at().isAfter(now)) {
      var due = queue.remove();
      var entry = entries.get(due.id());
      if (entry != null && entry.stamp == due.stamp() && !entry.busy) {
        entry.busy = true;
        taken.add(new Work(entry.task, entry.fact, entry.misses));
      }
    }
    return taken;
  }

  /** Ends the work on a task and says when it is due again. */
  void giveBack(TaskId id, Next next) {
    synchronized (this) {
      var entry = entries.get(id);
      if (entry == null) {
        return;
      }
      entry.busy = false;
      entry.fact = next.unsavedFact();
      entry.misses = next.missed() ? entry.misses + 1 : 0;
      keepOrForget(entry, next.at());
    }
    wake.run();
  }

  /** When the next task is due; empty if none waits. */
  public synchronized Optional<Instant> nextDue() {
    return Optional.ofNullable(queue.peek()).map(Due::at);
  }

  public synchronized int size() {
    return entries.size();
  }

  public synchronized boolean holds(TaskId id) {
    return entries.containsKey(id);
  }

  /** Tasks being worked on right now. */
  public synchronized int busy() {
    return (int) entries.values().stream().filter(entry -> entry.busy).count();
  }
}
