package dev.reelay.task;

/** What the rules make of an event. */
public sealed interface Decision {
  /** Commit this. */
  record Move(Transition transition) implements Decision {}

  /** Nothing changes, and that is right. */
  record Stay(String why) implements Decision {}

  /** It may not happen; the code is what a caller is told. */
  record Refuse(ErrorCode code, String why) implements Decision {}
}
