package dev.reelay.routing;

import java.util.Locale;

/** Which of the channels that are equal otherwise a model prefers; the operator says. */
public enum Preference {
  /** Drawn by weight. */
  WEIGHT,
  /** The one that is expected to cost least; those of which nobody knows it come last. */
  CHEAPEST;

  /** The one of this word. */
  public static Preference of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
