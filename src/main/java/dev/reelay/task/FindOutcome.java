package dev.reelay.task;

import java.time.Duration;
import java.util.Optional;

/** What looking a job up by our own reference learned. */
public sealed interface FindOutcome {
  /** The provider has it; of several the oldest. */
  record Found(String upstreamId) implements FindOutcome {}

  /** The provider has none now; a proof only once its declared lag has passed. */
  record Absent() implements FindOutcome {}

  /**
   * The question itself failed.
   *
   * @param retryAfter if the provider says when to come back
   */
  record Unanswered(String why, Optional<Duration> retryAfter) implements FindOutcome {}
}
