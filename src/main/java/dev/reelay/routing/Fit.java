package dev.reelay.routing;

import java.util.List;

/** Whether a model can make what was asked for. */
public sealed interface Fit {
  /**
   * It can.
   *
   * @param changes what was replaced by a near value, in words; empty if nothing
   */
  record Fits(Shape shape, List<Change> changes) implements Fit {
    public Fits {
      changes = List.copyOf(changes);
    }
  }

  /** It cannot: the field, what was asked for, and what is allowed. */
  record Refused(String field, String asked, List<String> allowed) implements Fit {
    public Refused {
      allowed = List.copyOf(allowed);
    }
  }

  /** One value replaced by another. */
  record Change(String field, String asked, String used) {}
}
