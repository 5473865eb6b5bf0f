package dev.reelay.task;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes what a provider sent to an attempt's callback address. It is a hint and nothing more: the
 * next look at the task comes now, and an id that it names is kept for an attempt that has none. No
 * word of it reaches a task's state or the ledger; polling brings those. One that its provider
 * should have signed and did not is no hint at all.
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

  /** The path of an attempt's address as its provider was given it; empty if it was given none. */
  public String path(TaskId task, int attempt) {
    return addresses.of(task, attempt).map(URI::getRawPath).orElse("");
  }

  /** What became of a callback. */
  public enum Heard {
    /** The task is looked at now. */
    HEARD,
    NO_ATTEMPT,
    /** It is not from whom it should be: it changed and hurried nothing. */
    FORGED,
    /** Nobody can tell now; it changed and hurried nothing. */
    UNCHECKED
  }

  /** Takes one that came to an address of ours. */
  public Heard hear(TaskId id, int attempt, Callback callback) {
    var row = store.attempts(id).stream().filter(a -> a.attempt().number() == attempt).findFirst();
    return row.map(known -> hear(id, known, callback)).orElse(Heard.NO_ATTEMPT);
  }

  private Heard hear(TaskId id, TaskStore.AttemptRow row, Callback callback) {
    return switch (search.provenance(row.attempt(), callback)) {
      case Provenance.Forged _ -> Heard.FORGED;
      case Provenance.Unchecked _ -> Heard.UNCHECKED;
      case Provenance.Genuine _, Provenance.NotSigned _ -> {
        take(id, row, callback);
        yield Heard.HEARD;
      }
    };
  }

  private void take(TaskId id, TaskStore.AttemptRow row, Callback callback) {
    if (row.upstreamId().isEmpty()) {
      // Even after the end: a job that appears late is evidence for the operator.
      search
          .named(row.attempt().channel(), callback)
          .ifPresent(named -> doubts.name(id, row.attempt().number(), named, clock.instant()));
    }
    hurry.accept(id);
  }
}
