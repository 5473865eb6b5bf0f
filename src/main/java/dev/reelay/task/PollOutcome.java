package dev.reelay.task;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What a poll learned. */
public sealed interface PollOutcome {
  /**
   * Waiting or working.
   *
   * @param percent 0 to 100 if the provider says
   */
  record Pending(OptionalInt percent) implements PollOutcome {}

  record Succeeded(VideoResult result) implements PollOutcome {}

  record Failed(Failure failure) implements PollOutcome {}

  record Canceled() implements PollOutcome {}

  /** A word nobody knows: kept, counted, logged; the task stays as it is. */
  record Unrecognized(String raw) implements PollOutcome {}

  /**
   * The question itself failed; a failed poll is not a failed task.
   *
   * @param retryAfter if the provider says when to come back
   */
  record Unanswered(String why, Optional<Duration> retryAfter) implements PollOutcome {}
}
