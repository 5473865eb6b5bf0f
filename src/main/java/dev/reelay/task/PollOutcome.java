package dev.reelay.task;

import dev.reelay.money.Bill;
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

  /**
   * It failed.
   *
   * @param bill what the provider takes all the same
   */
  record Failed(Failure failure, Bill bill) implements PollOutcome {
    /** It does not say what it takes. */
    public Failed(Failure failure) {
      this(failure, Bill.SILENT);
    }
  }

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
