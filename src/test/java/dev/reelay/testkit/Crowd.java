package dev.reelay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many threads that begin at the same moment. */
public final class Crowd {
  private Crowd() {}

  /** Runs one piece of work in each thread, all let go at once; gives what each returned. */
  public static <T> List<T> run(int threads, IntFunction<Callable<T>> work) {
    var go = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<T>>();
      for (var i = 0; i < threads; i++) {
        var mine = work.apply(i);
        running.add(
            executor.submit(
                () -> {
                  go.await();
                  return mine.call();
                }));
      }
      go.countDown();
      var results = new ArrayList<T>();
      for (var one : running) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a thread of the crowd failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
