package dev.reelay.testkit;

import dev.reelay.task.StoreUnreachable;

/** What a store throws while its database cannot be reached, or when its answer was lost. */
public final class StoreAway extends StoreUnreachable {
  private static final long serialVersionUID = 1;

  public StoreAway() {
    super("the store is away", null);
  }
}
