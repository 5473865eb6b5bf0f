package dev.reelay.limit;

import java.util.Locale;

/** What calls are counted apart. */
public enum CallKind {
  /** Calls that create a task. */
  CREATE,
  /** All other calls of a known caller. */
  QUERY,
  /** Calls of nobody we know, by their address. */
  UNAUTHENTICATED;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The word on the wire: {@code lower_snake}. */
  public String wire() {
    return wire;
  }
}
