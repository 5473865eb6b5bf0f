package dev.reelay.worker;

import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * When a task is due again.
 *
 * @param missed the step got no answer: the next one waits longer
 * @param alone it was asked for among others and nothing was said of it
 * @param unsavedFact a fact from outside that the store could not take yet; it is applied first
 */
record Next(Instant at, boolean missed, boolean alone, Optional<TaskEvent> unsavedFact) {
  static Next at(Instant at) {
    return new Next(at, false, false, Optional.empty());
  }

  static Next missed(Instant at) {
    return new Next(at, true, false, Optional.empty());
  }

  static Next unsaved(Instant at, TaskEvent fact) {
    return new Next(at, true, false, Optional.of(fact));
  }

  /** The same; but a task is looked at when its deadline passes, whatever else it waits for. */
  Next by(Task task, Instant now) {
    return new Next(earlier(at, task, now), missed, alone, unsavedFact);
  }

  /** The time, or that of the task's deadline if that comes before. */
  static Instant earlier(Instant at, Task task, Instant now) {
    return task.deadline().filter(d -> now.isBefore(d) && d.isBefore(at)).orElse(at);
  }

  /** The same, and asked for alone then. */
  Next asAlone() {
    return new Next(at, missed, true, unsavedFact);
  }
}
