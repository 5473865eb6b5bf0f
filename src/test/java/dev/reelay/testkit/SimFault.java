package dev.reelay.testkit;

/** What goes wrong at one call of a node to the world. */
public enum SimFault {
  NONE,
  CRASH_BEFORE,
  CRASH_AFTER,
  /** The call fails and did nothing; the process lives on. Only stores do this. */
  AWAY,
  /** The call did its work and its answer was lost. Only stores do this. */
  ANSWER_LOST,
  /** The process stands still before the call, while the world goes on. */
  STALL_BEFORE,
  STALL_AFTER
}
