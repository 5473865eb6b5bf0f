package dev.reelay.cli;

/**
 * What a check found.
 *
 * @param check its name, a promise to scripts
 * @param cure what to do about it; empty if all is well
 */
record Finding(String check, Level level, String text, String cure) {
  /** How bad it is. */
  enum Level {
    OK,
    /** It works, but not as it should. */
    WARNING,
    /** Something does not work, or is not safe. */
    PROBLEM
  }

  static Finding fine(String check, String text) {
    return new Finding(check, Level.OK, text, "");
  }

  static Finding warning(String check, String text, String cure) {
    return new Finding(check, Level.WARNING, text, cure);
  }

  static Finding problem(String check, String text, String cure) {
    return new Finding(check, Level.PROBLEM, text, cure);
  }
}
