package dev.reelay.task;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes what a provider sent to an attempt's callback address. It is a hint and nothing more: the
 * next look at the task comes now, and an id that it names is kept for an attempt that has none. No
 * word of it reaches a task's state or the ledger; polling brings those.
 */
public final class HearCallback {
  private final CallbackAddresses addresses;
  private final TaskStore store;
  private final JobSearch search;
  private final Doubts doubts;
  private final Consumer<TaskId> hurry;
  private final InstantSource clock;

  /**
   * @param hurry lets the task's owner look at it now, whichever node that is
   */
  public HearCallback(
      CallbackAddresses addresses,
      TaskStore store,
      JobSearch search,
      Doubts doubts,
      Consumer<TaskId> hurry,
      InstantSource clock) {
    this.addresses = addresses;
    this.store = store;
    this.search = search;
    this.doubts = doubts;
    this.hurry = hurry;
    this.clock = clock;
  }

  /** Whether this is an address that we gave. Asks nobody. */
  public boolean isOurs(TaskId task, int attempt, String secret) {
    return addresses.isSecret(task, attempt, secret);
  }

  /** What a question of a provider about an address of ours is answered with. Asks no database. */
  public Optional<String> answer(Callback callback) {
    return search.answer(callback);
  }

  /**
   * @return false if there is no such attempt
   */
  public boolean hear(TaskId id, int attempt, Callback callback) {
    var row = store.attempts(id).stream().filter(a -> a.attempt().number() == attempt).findFirst();
    if (row.isEmpty()) {
      return false;
    }
    if (row.get().upstreamId().isEmpty()) {
      // Even after the end: a job that appears late is evidence for the operator.
      search
          .named(row.get().attempt().channel(), callback)
          .ifPresent(named -> doubts.name(id, attempt, named, clock.instant()));
    }
    hurry.accept(id);
    return true;
  }
}
