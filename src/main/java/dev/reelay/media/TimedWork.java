package dev.reelay.media;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does work of which nobody knows whether it ends, in a thread of its own, and waits only so long.
 * Work that is late is interrupted and left alone; it holds its place until it does end, so that
 * endless work cannot take more threads than there are places.
 */
final class TimedWork {
  private final Duration timeMax;
  private final Semaphore places;

  /**
   * Makes it.
   *
   * @param timeMax for one piece of work
   * @param placesMax how many pieces may run, those that are left alone among them
   */
  TimedWork(Duration timeMax, int placesMax) {
    this.timeMax = timeMax;
    this.places = new Semaphore(placesMax);
  }

  /** What the work gives; empty if it throws anything, is late, or finds no place. */
  <T> Optional<T> of(Callable<Optional<T>> work) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    var task = new FutureTask<Optional<T>>(work);
    start(task);
    try {
      return task.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (TimeoutException e) {
      task.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** A thread of the system: endless work in a virtual one would keep its carrier for good. */
  private void start(Runnable task) {
    Thread.ofPlatform()
        .daemon()
        .name("still")
        .start(
            () -> {
              try {
                task.run();
              } finally {
                places.release();
              }
            });
  }
}
