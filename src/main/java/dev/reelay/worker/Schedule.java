package dev.reelay.worker;

import dev.reelay.task.Admission;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskListener;
import java.time.Duration;
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
  /**
   * A step that changed nothing and wants to be repeated at once waits this long, whoever wants it.
   */
  static final Duration SPIN_WAIT = Duration.ofSeconds(1);

  /** A clock set back by more than this makes everything due, or nothing would be for that long. */
  static final Duration SET_BACK_MIN = Duration.ofSeconds(2);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final InstantSource clock;
  private final Runnable wake;
  private final Map<TaskId, Entry> entries = new HashMap<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(due -> due.id().value()));
  private final Backlog backlog;
  private long fence;
  private long stamps;
  private Instant lastSeen = Instant.MIN;

  /**
   * @param wake called when something became due earlier than before
   */
  public Schedule(InstantSource clock, Runnable wake) {
    this.clock = clock;
    this.wake = wake;
    this.backlog = new Backlog(clock);
  }

  /**
   * A task that is due.
   *
   * @param pendingFact the fact that still waits to be committed
   * @param misses failures in a row
   * @param ours false once another holds the task: then only the fact may be saved
   * @param alone it must not be asked for among others: nothing was said of it there
   * @param booked it waited for its turn to be polled, and that is now
   */
  public record Work(
      Task task,
      Optional<TaskEvent> pendingFact,
      int misses,
      boolean ours,
      boolean alone,
      boolean booked) {}

  private record Due(TaskId id, Instant at, long stamp) {}

  private static final class Entry {
    private Task task;
    private boolean busy;
    private boolean hurried;
    private long takenVersion;
    private long stamp;
    private Instant dueAt = Instant.MAX;

    /** Not worked on before, since that would be in vain. */
    private Instant restsUntil = Instant.MIN;

    private int misses;
    private boolean alone;
    private boolean booked;
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
    entries.values().stream()
        .filter(entry -> !entry.busy && entry.fact.isEmpty())
        .toList()
        .forEach(this::remove);
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
    backlog.changed(Optional.ofNullable(entry).map(known -> known.task), Optional.of(task));
    if (entry == null) {
      entry = new Entry(task);
      entries.put(task.id(), entry);
    }
    // A row knows less progress than memory, and progress never goes back.
    entry.task = task.withProgress(entry.task.marks().progress());
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
      remove(entry);
    }
  }

  private void remove(Entry entry) {
    backlog.changed(Optional.of(entry.task), Optional.empty());
    entries.remove(entry.task.id());
  }

  private void enqueue(Entry entry, Instant at) {
    entry.stamp = ++stamps;
    entry.dueAt = at;
    queue.add(new Due(entry.task.id(), at, entry.stamp));
  }

  /** Up to {@code max} tasks that are due; each is busy until given back. */
  public synchronized List<Work> takeDue(int max) {
    var now = clock.instant();
    heedClockSetBack(now);
    var taken = new ArrayList<Work>();
    while (taken.size() < max && !queue.isEmpty() && !queue.peek().at().isAfter(now)) {
      var due = queue.remove();
      var entry = entries.get(due.id());
      if (entry != null && entry.stamp == due.stamp() && !entry.busy) {
        taken.add(take(entry));
      }
    }
    return taken;
  }

  private void heedClockSetBack(Instant now) {
    if (now.plus(SET_BACK_MIN).isBefore(lastSeen)) {
      queue.clear();
      entries.values().stream().filter(entry -> !entry.busy).forEach(e -> enqueue(e, now));
    }
    lastSeen = now;
  }

  /** Up to {@code max} tasks whose fact waits for the store, due or not; each is then busy. */
  public synchronized List<Work> takeFacts(int max) {
    return entries.values().stream()
        .filter(entry -> !entry.busy && entry.fact.isPresent())
        .limit(max)
        .map(this::take)
        .toList();
  }

  /** A task before it is due, unless it is busy, not ours, or waits to save a fact. */
  synchronized Optional<Work> takeEarly(TaskId id) {
    return Optional.ofNullable(entries.get(id))
        .filter(entry -> !entry.busy && entry.fact.isEmpty() && isOurs(entry.task))
        .map(this::take);
  }

  private Work take(Entry entry) {
    entry.busy = true;
    entry.takenVersion = entry.task.version();
    return work(entry);
  }

  private Work work(Entry entry) {
    return new Work(
        entry.task, entry.fact, entry.misses, isOurs(entry.task), entry.alone, entry.booked);
  }

  /** Work taken before, as it stands now: it may have waited for its turn. */
  synchronized Work refreshed(Work work) {
    var entry = entries.get(work.task().id());
    return entry == null ? work : work(entry);
  }

  /** Ends the work on a task and says when it is due again. */
  void giveBack(TaskId id, Next next) {
    synchronized (this) {
      var entry = entries.get(id);
      if (entry == null) {
        return;
      }
      entry.busy = false;
      entry.booked = false;
      entry.fact = next.unsavedFact();
      entry.misses = next.missed() ? entry.misses + 1 : 0;
      var now = clock.instant();
      var wanted = entry.hurried ? now : next.at();
      entry.alone = next.alone() || (next.missed() && entry.alone);
      entry.hurried = false;
      entry.restsUntil =
          entry.task.version() == entry.takenVersion ? now.plus(SPIN_WAIT) : Instant.MIN;
      keepOrForget(entry, wanted.isAfter(now) ? wanted : later(wanted, entry.restsUntil));
      notifyAll();
    }
    wake.run();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Makes a task due now, or a moment after it was looked at in vain; one that is busy then is due
   * again as soon as it is given back.
   */
  public void hurry(TaskId id) {
    synchronized (this) {
      var entry = entries.get(id);
      if (entry == null) {
        return;
      }
      if (entry.busy) {
        entry.hurried = true;
      } else if (entry.fact.isEmpty()) {
        var at = later(clock.instant(), entry.restsUntil);
        if (at.isBefore(entry.dueAt)) {
          enqueue(entry, at);
        }
      }
    }
    wake.run();
  }

  /**
   * Gives a task back untouched: it could not be begun yet.
   *
   * @param booked its poll has its place in the budget at that time
   */
  void postpone(TaskId id, Instant at, boolean booked) {
    synchronized (this) {
      var entry = entries.get(id);
      if (entry != null) {
        entry.busy = false;
        entry.booked = booked;
        entry.hurried = false;
        keepOrForget(entry, at);
      }
    }
    wake.run();
  }

  /**
   * Ids that must be looked at, given the versions of all rows under our fence: rows that we do not
   * know or know in an older version, and tasks that we hold and nobody listed.
   */
  public synchronized List<TaskId> unlike(Map<TaskId, Long> rows) {
    var unlike = new ArrayList<TaskId>();
    rows.forEach(
        (id, version) -> {
          var entry = entries.get(id);
          if (entry == null || entry.task.version() < version) {
            unlike.add(id);
          }
        });
    entries.keySet().stream().filter(id -> !rows.containsKey(id)).forEach(unlike::add);
    return unlike;
  }

  /** Drops a task that the store does not have, unless it is being worked on. */
  public synchronized void forget(TaskId id) {
    Optional.ofNullable(entries.get(id)).filter(entry -> !entry.busy).ifPresent(this::remove);
  }

  /** When the next task is due; empty if none waits. */
  public synchronized Optional<Instant> nextDue() {
    return Optional.ofNullable(queue.peek()).map(Due::at);
  }

  /** Says whether so many tasks wait to be sent that no more should be accepted. */
  public Admission admission(int tasksMax, int modelTasksMax) {
    return backlog.admission(tasksMax, modelTasksMax);
  }

  public synchronized int size() {
    return entries.size();
  }

  public synchronized boolean holds(TaskId id) {
    return entries.containsKey(id);
  }

  /**
   * Waits until no step is under way and no fact waits for the store.
   *
   * @return false if it did not come to that in time
   */
  public synchronized boolean awaitQuiet(Duration longest) throws InterruptedException {
    var until = System.nanoTime() + longest.toNanos();
    while (!isQuiet()) {
      var leftMillis = (until - System.nanoTime()) / NANOS_PER_MILLI;
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  private boolean isQuiet() {
    return entries.values().stream().noneMatch(entry -> entry.busy || entry.fact.isPresent());
  }

  /** Tasks being worked on right now. */
  public synchronized int busy() {
    return (int) entries.values().stream().filter(entry -> entry.busy).count();
  }
}
