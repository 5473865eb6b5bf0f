package dev.reelay.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What listing an account's jobs learned. */
public sealed interface ListOutcome {
  /** Every job that the list has back to the moment asked for. */
  record Listed(List<ListedJob> jobs) implements ListOutcome {
    public Listed {
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * The list was not read to its end, so that nothing follows from it.
   *
   * @param retryAfter if the provider says when to come back
   */
  record Unanswered(String why, Optional<Duration> retryAfter) implements ListOutcome {}
}
