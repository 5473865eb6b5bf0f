package dev.reelay.cli;

/** Ends a command with one line for the person, which says what to do. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Exit exit;

  Refusal(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  static Refusal failed(String message) {
    return new Refusal(Exit.FAILED, message);
  }

  static Refusal usage(String message) {
    return new Refusal(Exit.USAGE, message);
  }

  static Refusal unreachable(String message) {
    return new Refusal(Exit.UNREACHABLE, message);
  }

  Exit exit() {
    return exit;
  }
}
