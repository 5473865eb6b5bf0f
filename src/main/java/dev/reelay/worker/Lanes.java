package dev.reelay.worker;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Runs work side by side, so many at once in each lane, the rest in order of arrival. A lane that
 * hangs delays no other, and takes no more than it can soon do.
 */
final class Lanes {
  private final Executor executor;
  private final Map<String, Lane> lanes = new HashMap<>();

  Lanes(Executor executor) {
    this.executor = executor;
  }

  private static final class Lane {
    private int running;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  }

  /** Runs the work now or when its turn comes; false if the lane is full and it never will be. */
  boolean run(String name, int atOnceMax, int waitingMax, Runnable work) {
    synchronized (this) {
      var lane = lanes.computeIfAbsent(name, _ -> new Lane());
      if (lane.running >= atOnceMax) {
        return lane.waiting.size() < waitingMax && lane.waiting.add(work);
      }
      lane.running++;
    }
    start(name, work);
    return true;
  }

  /** Whether work would begin at once. */
  synchronized boolean hasRoom(String name, int atOnceMax) {
    var lane = lanes.get(name);
    return lane == null || lane.running < atOnceMax;
  }

  private void start(String name, Runnable work) {
    executor.execute(
        () -> {
          try {
            work.run();
          } finally {
            ended(name);
          }
        });
  }

  private void ended(String name) {
    Runnable next;
    synchronized (this) {
      var lane = lanes.get(name);
      if (lane == null) {
        throw new IllegalStateException("no such lane: " + name);
      }
      next = lane.waiting.poll();
      if (next == null) {
        lane.running--;
        if (lane.running == 0) {
          lanes.remove(name);
        }
      }
    }
    if (next != null) {
      start(name, next);
    }
  }

  /** Work under way, without what waits. */
  synchronized int running() {
    return lanes.values().stream().mapToInt(lane -> lane.running).sum();
  }
}
