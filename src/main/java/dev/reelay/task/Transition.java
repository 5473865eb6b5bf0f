package dev.reelay.task;

import dev.reelay.money.LedgerEntry;
import java.util.List;
import java.util.Optional;

/**
 * A decided change of one task with everything that belongs to it. {@link TaskStore#commit} writes
 * all of it in one transaction or nothing.
 *
 * @param before what the decision was made on: its version and fence guard the commit
 * @param after the same task, one version on
 * @param outbox at most one event type for webhooks, such as {@code task.succeeded}
 */
public record Transition(
    Task before,
    Task after,
    List<LedgerEntry> entries,
    Optional<AttemptChange> attempt,
    Optional<String> outbox,
    Timeline timeline) {
  public Transition {
    entries = List.copyOf(entries);
    if (after.version() != before.version() + 1) {
      throw new IllegalArgumentException("a transition is one version");
    }
    if (before.isFinal() && !before.state().equals(after.state())) {
      throw new IllegalArgumentException("a final state never changes: " + before.id());
    }
    if (before.isFinal() && !entries.isEmpty()) {
      throw new IllegalArgumentException("no money moves after a final state: " + before.id());
    }
  }

  /** One line of the task's story: what happened, and a sentence about it. */
  public record Timeline(String word, String detail) {}

  /** What becomes of an attempt's own row. */
  public sealed interface AttemptChange {
    /** A new row, before the first byte leaves. */
    record Opened(Attempt attempt, String why) implements AttemptChange {}

    /** The attempt has a job: the id is unique for its channel, the account at the provider. */
    record Got(Attempt attempt, String upstreamId) implements AttemptChange {}

    /** The attempt made nothing, or its fate is not known (yet). */
    record Ended(Attempt attempt, Fate fate, String why) implements AttemptChange {}
  }

  /** How an attempt stands without a job. */
  public enum Fate {
    NOT_SENT,
    REJECTED,
    IN_DOUBT,
    NEVER_CREATED,
    GIVEN_UP
  }
}
