package dev.reelay.cli;

/** How a command ended, as scripts see it. */
public enum Exit {
  /** Done. */
  OK(0),
  /** A task failed, a check found something, or what was wished was refused. */
  FAILED(1),
  /** The command line or the configuration is wrong. */
  USAGE(2),
  /** The relay or its database cannot be reached. */
  UNREACHABLE(3);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
