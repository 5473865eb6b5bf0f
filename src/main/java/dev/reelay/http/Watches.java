package dev.reelay.http;

import dev.reelay.task.TaskId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Who waits for news of which tasks. {@link ViewCache} tells it after what it keeps has changed, so
 * whoever is woken finds the news there. Nobody polls, and no lock is held while one waits. Once
 * closed, every wait ends at once, also those that begin later.
 */
public final class Watches implements AutoCloseable {
  private final ConcurrentHashMap<TaskId, Set<Watch>> byTask = new ConcurrentHashMap<>();
  private final Set<Watch> all = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /**
   * Begins to listen. Look at the tasks afterwards and not before, or news in between is missed.
   */
  public Watch watch(Collection<TaskId> tasks) {
    var watch = new Watch(List.copyOf(tasks));
    all.add(watch);
    for (var task : watch.tasks) {
      byTask.compute(task, (_, watching) -> with(watching == null ? none() : watching, watch));
    }
    return watch;
  }

  /** How many wait. */
  public int count() {
    return all.size();
  }

  void changed(TaskId task) {
    var watching = byTask.get(task);
    if (watching != null) {
      watching.forEach(Watch::tell);
    }
  }

  void changedAll() {
    all.forEach(Watch::tell);
  }

  /** Nothing is waited for any more. */
  @Override
  public void close() {
    isClosed = true;
    changedAll();
  }

  private static Set<Watch> none() {
    return ConcurrentHashMap.newKeySet();
  }

  private static Set<Watch> with(Set<Watch> watching, Watch watch) {
    watching.add(watch);
    return watching;
  }

  /** What came of a wait. */
  public enum Heard {
    /** One of the tasks may have changed. */
    NEWS,
    /** Nothing happened within the time. */
    NOTHING,
    /** The relay stops: nothing more will be told. */
    STOPPING
  }

  /** One who waits. News that comes between two waits ends the second at once. */
  public final class Watch implements AutoCloseable {
    private final List<TaskId> tasks;
    private final Semaphore news = new Semaphore(0);

    private Watch(List<TaskId> tasks) {
      this.tasks = tasks;
    }

    /** Waits for news; however much there is, one wait takes all of it. */
    public Heard await(Duration longest) {
      try {
        boolean isTold = isClosed || news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (isClosed) {
          return Heard.STOPPING;
        }
        news.drainPermits();
        return isTold ? Heard.NEWS : Heard.NOTHING;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Heard.STOPPING;
      }
    }

    private void tell() {
      if (news.availablePermits() == 0) {
        news.release();
      }
    }

    @Override
    public void close() {
      all.remove(this);
      for (var task : tasks) {
        byTask.computeIfPresent(task, (_, watching) -> without(watching, this));
      }
    }
  }

  /** Null takes the entry out of the map: nobody watches the task any more. */
  @SuppressWarnings("NullAway")
  private static Set<Watch> without(Set<Watch> watching, Watch watch) {
    watching.remove(watch);
    return watching.isEmpty() ? null : watching;
  }
}
