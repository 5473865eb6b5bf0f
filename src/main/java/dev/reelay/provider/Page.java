package dev.reelay.provider;

import dev.reelay.task.ListedJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One page of a provider's list of jobs. */
public sealed interface Page {
  /**
   * @param jobs newest first
   * @param next what the next page begins after; empty if there is none
   */
  record Jobs(List<ListedJob> jobs, Optional<String> next) implements Page {
    public Jobs {
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * The question itself failed, or its answer cannot be relied on.
   *
   * @param retryAfter if the provider says when to come back
   */
  record Unanswered(String why, Optional<Duration> retryAfter) implements Page {}
}
