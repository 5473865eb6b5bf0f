package dev.reelay.task;

/** What asking a provider to cancel learned. The verdict itself comes by polling. */
public sealed interface CancelOutcome {
  /** It will be, or already is, canceled. */
  record Asked() implements CancelOutcome {}

  /** This provider cannot, or no longer. */
  record NotSupported(String why) implements CancelOutcome {}

  /** Nobody knows whether it was heard. */
  record Unanswered(String why) implements CancelOutcome {}
}
