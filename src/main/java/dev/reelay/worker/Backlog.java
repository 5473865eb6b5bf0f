package dev.reelay.worker;

import dev.reelay.routing.ModelName;
import dev.reelay.task.Admission;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tasks of this node that wait to be sent, counted in all and by model, and how fast they go.
 * Written by the schedule alone, read by every create without a lock.
 */
final class Backlog {
  private final InstantSource clock;
  private final Line all;
  private final ConcurrentHashMap<ModelName, Line> byModel = new ConcurrentHashMap<>();

  Backlog(InstantSource clock) {
    this.clock = clock;
    this.all = new Line(clock);
  }

  private record Line(AtomicInteger waiting, Drain drain) {
    Line(InstantSource clock) {
      this(new AtomicInteger(), new Drain(clock));
    }

    void change(int by) {
      waiting.addAndGet(by);
      if (by < 0) {
        drain.left();
      }
    }

    Optional<Admission.Full> full(int max, boolean ofModel) {
      return waiting.get() < max
          ? Optional.empty()
          : Optional.of(new Admission.Full(max, ofModel, drain.untilRoom(max)));
    }
  }

  /** A task that the schedule knew is another now, was taken in, or was given up. */
  void changed(Optional<Task> before, Optional<Task> after) {
    var waited = before.filter(Backlog::waits);
    var waits = after.filter(Backlog::waits);
    if (waited.isPresent() && waits.isEmpty()) {
      change(waited.get(), -1);
    } else if (waited.isEmpty() && waits.isPresent()) {
      change(waits.get(), 1);
    }
  }

  private static boolean waits(Task task) {
    return task.state() instanceof TaskState.Queued;
  }

  private void change(Task task, int by) {
    all.change(by);
    byModel.computeIfAbsent(task.request().served(), _ -> new Line(clock)).change(by);
  }

  /** The bounds to be kept to. */
  Admission admission(int tasksMax, int modelTasksMax) {
    return model ->
        all.full(tasksMax, false)
            .or(
                () ->
                    Optional.ofNullable(byModel.get(model))
                        .flatMap(line -> line.full(modelTasksMax, true)));
  }

  /** How many left lately: in the window that runs, and in the whole one before it. */
  static final class Drain {
    static final Duration WINDOW = Duration.ofSeconds(30);
    static final Duration COME_BACK_MIN = Duration.ofSeconds(1);
    static final Duration COME_BACK_MAX = Duration.ofMinutes(1);

    /** Callers should come back to room for many, not for the one task that has just left. */
    private static final int ROOM_SHARE = 20;

    private final InstantSource clock;
    private long window;
    private int leftBefore;
    private int leftNow;

    Drain(InstantSource clock) {
      this.clock = clock;
    }

    synchronized void left() {
      turn();
      leftNow++;
    }

    /** How long until a twentieth of the limit has left, if they go on leaving as lately. */
    synchronized Duration untilRoom(int max) {
      turn();
      var intoWindow = Math.floorMod(clock.millis(), WINDOW.toMillis());
      var left = leftBefore + leftNow;
      if (left == 0) {
        return COME_BACK_MAX;
      }
      var room = Math.max(1, max / ROOM_SHARE);
      var millis = Math.ceilDiv((WINDOW.toMillis() + intoWindow) * room, (long) left);
      return Duration.ofMillis(
          Math.clamp(millis, COME_BACK_MIN.toMillis(), COME_BACK_MAX.toMillis()));
    }

    private void turn() {
      var current = Math.floorDiv(clock.millis(), WINDOW.toMillis());
      if (current != window) {
        leftBefore = current == window + 1 ? leftNow : 0;
        leftNow = 0;
        window = current;
      }
    }
  }
}
