package dev.reelay.routing;

import java.time.Duration;

/** Whether a call may go to a candidate, as far as its health goes. */
public sealed interface Standing {
  /** It is in use. */
  record InUse() implements Standing {}

  /** It is out of use, and one call may find out whether it is back. */
  record ProbeDue(String why) implements Standing {}

  /**
   * It is out of use.
   *
   * @param left until a call may go; a guess while a probe is under way
   */
  record OutOfUse(String why, Duration left) implements Standing {}

  /** Whether a call may go now. */
  default boolean isOpen() {
    return switch (this) {
      case InUse _, ProbeDue _ -> true;
      case OutOfUse _ -> false;
    };
  }

  /** How long until a call may go; zero if it may go now. */
  default Duration untilOpen() {
    return switch (this) {
      case InUse _, ProbeDue _ -> Duration.ZERO;
      case OutOfUse(_, Duration left) -> left;
    };
  }
}
