package dev.reelay.task;

/**
 * Tells the database at start what a former life of this node knew and could not say any more:
 * which jobs providers had accepted. Runs before the node takes its tasks back, so that none of
 * these is in doubt.
 */
public final class ReplayJournal {
  private final Journal journal;
  private final AdvanceTask advance;

  public ReplayJournal(Journal journal, AdvanceTask advance) {
    this.journal = journal;
    this.advance = advance;
  }

  /** How many entries were told again; most were known. */
  public int replay() {
    for (var entry : journal.unfinished()) {
      advance.apply(entry.task(), new TaskEvent.Accepted(entry.attempt(), entry.upstreamId()));
      journal.settled(entry.task());
    }
    return journal.unfinished().size();
  }

  /** Whether a commit shows that the task no longer waits for an attempt's answer. */
  public static boolean isSettled(Task task) {
    return switch (task.state()) {
      case TaskState.Submitting _, TaskState.InDoubt _ -> false;
      case TaskState.Queued _,
          TaskState.Running _,
          TaskState.Storing _,
          TaskState.Succeeded _,
          TaskState.Failed _,
          TaskState.Canceled _ ->
          true;
    };
  }
}
