package dev.reelay.worker;

import java.time.Duration;
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

  /** What finds a lane full comes again after one to so many seconds. */
  static final int COME_AGAIN_SECONDS_MAX = 30;

  private static final class Lane {
    private int running;
    private int turnedAway;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  }

  /**
   * Runs the work now or when its turn comes, and then answers zero. A full lane takes nothing and
   * says after how long to come again: no more are asked back for one second than may wait, or a
   * large backlog would do nothing but ask.
   */
  Duration run(String name, int atOnceMax, int waitingMax, Runnable work) {
    synchronized (this) {
      var lane = lanes.computeIfAbsent(name, _ -> new Lane());
      if (lane.running >= atOnceMax) {
        return lane.waiting.size() < waitingMax ? wait(lane, work) : comeAgain(lane, waitingMax);
      }
      lane.running++;
    }
    start(name, work);
    return Duration.ZERO;
  }

  private static Duration wait(Lane lane, Runnable work) {
    lane.waiting.add(work);
    lane.turnedAway = 0;
    return Duration.ZERO;
  }

  private static Duration comeAgain(Lane lane, int waitingMax) {
    int second = lane.turnedAway++ / Math.max(1, waitingMax) % COME_AGAIN_SECONDS_MAX;
    return Duration.ofSeconds(second + 1);
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
