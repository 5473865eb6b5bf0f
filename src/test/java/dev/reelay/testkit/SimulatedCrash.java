package dev.reelay.testkit;

/** The process is gone: nothing that it does from now on has any effect. */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1;

  public SimulatedCrash() {
    // Thousands a second in a simulation: no stack trace, no text.
    super("crash", null, false, false);
  }
}
