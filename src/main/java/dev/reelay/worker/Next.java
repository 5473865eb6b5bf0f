package dev.reelay.worker;

import dev.reelay.task.TaskEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * When a task is due again.
 *
 * @param missed the step got no answer: the next one waits longer
 * @param unsavedFact a fact from outside that the store could not take yet; it is applied first
 */
record Next(Instant at, boolean missed, Optional<TaskEvent> unsavedFact) {
  static Next at(Instant at) {
    return new Next(at, false, Optional.empty());
  }

  static Next missed(Instant at) {
    return new Next(at, true, Optional.empty());
  }

  static Next unsaved(Instant at, TaskEvent fact) {
    return new Next(at, true, Optional.of(fact));
  }
}
