package dev.reelay.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskListener;
import dev.reelay.task.TaskStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tasks as callers see them, in memory. A node's own commits come in by the listener, versions
 * compared; what others commit comes by {@link #invalidate} and, as a net, by looking again after
 * {@link #FRESH_MILLIS}. Progress never goes back, even where the stored row knows less than we do.
 * Ids that do not exist are not remembered.
 */
public final class ViewCache implements TaskListener {
  public static final long FRESH_MILLIS = 15_000;

  /** About 100,000 tasks with prompts of some hundred characters. */
  static final long WEIGHT_BYTES_MAX = 192L << 20;

  static final Duration UNASKED_MAX = Duration.ofMinutes(30);

  /** A task without its texts, as measured on a 64-bit machine, rounded up. */
  private static final int TASK_BYTES = 1_200;

  private static final int CHAR_BYTES = 2;

  private final TaskStore store;
  private final InstantSource clock;
  private final Cache<TaskId, Known> known;
  private final AtomicLong doubts = new AtomicLong();
  private final Watches watches = new Watches();

  /** Reads under way, one for each task, gone when they end. */
  private final ConcurrentHashMap<TaskId, CompletableFuture<Boolean>> loads =
      new ConcurrentHashMap<>();

  /** A task and until when we need not look again. */
  private record Known(Task task, long freshUntilMillis) {
    Known stale() {
      return new Known(task, 0);
    }
  }

  public ViewCache(TaskStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.known =
        // Upkeep by who asks: to hand it over would cost more than to do it.
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(WEIGHT_BYTES_MAX)
            .<TaskId, Known>weigher((_, entry) -> weightBytes(entry.task()))
            .expireAfterAccess(UNASKED_MAX)
            .build();
  }

  /** Told of every change after the views know it. */
  public Watches watches() {
    return watches;
  }

  /** The task as it stands; may look into the store, never more than once for one call. */
  public Optional<Task> find(TaskId id) {
    var entry = known.getIfPresent(id);
    return entry != null && isFresh(entry) ? Optional.of(entry.task()) : load(id);
  }

  /** A row that was just read, with what we know better: its progress or a later commit. */
  public Task seen(Task row) {
    var entry = known.getIfPresent(row.id());
    return entry == null ? row : newer(entry, new Known(row, 0)).task();
  }

  @Override
  public void committed(Task task) {
    learn(task, clock.millis() + FRESH_MILLIS);
    watches.changed(task.id());
  }

  /** Says nothing about the row, so it makes nothing fresher. */
  @Override
  public void progressed(Task task) {
    learn(task, 0);
    watches.changed(task.id());
  }

  /** Somebody else changed it: the next question looks into the store. */
  public void invalidate(TaskId id) {
    doubts.incrementAndGet();
    known.asMap().computeIfPresent(id, (_, entry) -> entry.stale());
    watches.changed(id);
  }

  /** We may have missed what others did: every next question looks into the store. */
  public void invalidateAll() {
    doubts.incrementAndGet();
    known.asMap().replaceAll((_, entry) -> entry.stale());
    watches.changedAll();
  }

  /**
   * Asks the store. Who finds another asking for the same task waits for its answer: one piece of
   * news may wake thousands. If that answer is not fresh, it may be older than the news; if the
   * store is away for one, it is for all who wait.
   */
  private Optional<Task> load(TaskId id) {
    var mine = new CompletableFuture<Boolean>();
    var running = loads.putIfAbsent(id, mine);
    if (running != null) {
      await(running);
      var entry = known.getIfPresent(id);
      return entry != null && isFresh(entry) ? Optional.of(entry.task()) : read(id);
    }
    try {
      return read(id);
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      loads.remove(id, mine);
      mine.complete(true);
    }
  }

  private static void await(CompletableFuture<Boolean> running) {
    try {
      running.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private boolean isFresh(Known entry) {
    return clock.millis() < entry.freshUntilMillis();
  }

  /** Reads the row. If a doubt arose meanwhile, the row may be older than it: not called fresh. */
  private Optional<Task> read(TaskId id) {
    long doubtsBefore = doubts.get();
    var row = store.find(id);
    if (row.isEmpty()) {
      known.invalidate(id);
      return row;
    }
    boolean isSure = doubts.get() == doubtsBefore;
    return Optional.of(learn(row.get(), isSure ? clock.millis() + FRESH_MILLIS : 0));
  }

  private Task learn(Task task, long freshUntilMillis) {
    var entry = known.asMap().merge(task.id(), new Known(task, freshUntilMillis), ViewCache::newer);
    return entry == null ? task : entry.task();
  }

  /** Of two of one version the old one stays: what was made of it need not be looked for again. */
  private static Known newer(Known old, Known fresh) {
    boolean isNewer = fresh.task().version() > old.task().version();
    var winner = isNewer ? fresh.task() : old.task();
    var loser = isNewer ? old.task() : fresh.task();
    int progress = loser.marks().progress();
    var task = winner.marks().progress() < progress ? winner.withProgress(progress) : winner;
    return new Known(task, Math.max(old.freshUntilMillis(), fresh.freshUntilMillis()));
  }

  private static int weightBytes(Task task) {
    var request = task.request();
    int chars = request.prompt().length();
    for (var image : request.images()) {
      chars += image.shown().length();
    }
    for (var option : request.options().values()) {
      chars += option.length();
    }
    for (var entry : request.extras().metadata().entrySet()) {
      chars += entry.getKey().length() + entry.getValue().length();
    }
    return TASK_BYTES + chars * CHAR_BYTES;
  }
}
