package dev.reelay.task;

import dev.reelay.money.Usage;

/** What fetching a result gave. */
public sealed interface FetchOutcome {
  /** The files are stored; the facts are read from them. */
  record Stored(Output output, Usage facts) implements FetchOutcome {}

  /** What is there is surely no playable video, or is surely gone. */
  record Refused(Failure failure) implements FetchOutcome {}

  /** It did not work this time. */
  record Unanswered(String why) implements FetchOutcome {}
}
