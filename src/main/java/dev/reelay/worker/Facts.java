package dev.reelay.worker;

import dev.reelay.task.AdvanceTask;
import dev.reelay.task.AdvanceTask.Advance;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits facts from outside. When the store is away the fact is kept with the task in memory and
 * tried again, so that it is never dropped while this process lives.
 */
final class Facts {
  static final Duration STORE_AWAY_WAIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Facts.class);

  private Facts() {}

  static Next save(
      AdvanceTask advance,
      Task task,
      TaskEvent fact,
      InstantSource clock,
      Function<Advance, Next> then) {
    return save(() -> advance.apply(task, fact), task, fact, clock, then);
  }

  /**
   * The same for a fact that has waited, decided on the fresh row: what is known of the task here
   * may be older than a commit whose answer was lost, and the fact would mean nothing to it.
   */
  static Next saveAgain(
      AdvanceTask advance,
      Task task,
      TaskEvent fact,
      InstantSource clock,
      Function<Advance, Next> then) {
    return save(() -> advance.apply(task.id(), fact), task, fact, clock, then);
  }

  private static Next save(
      Supplier<Advance> apply,
      Task task,
      TaskEvent fact,
      InstantSource clock,
      Function<Advance, Next> then) {
    Advance advanced;
    try {
      advanced = apply.get();
    } catch (RuntimeException e) {
      LOG.warn("task {}: {} waits for the store: {}", task.id(), fact.word(), e.toString());
      return Next.unsaved(clock.instant().plus(STORE_AWAY_WAIT), fact);
    }
    return then.apply(advanced);
  }
}
