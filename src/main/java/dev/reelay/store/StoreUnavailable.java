package dev.reelay.store;

import dev.reelay.task.StoreUnreachable;

/**
 * The database cannot be reached, is starting or stopping, or has no free connection within the
 * time allowed. Nothing is known to be wrong with the call: the edge answers 503, a loop waits and
 * tries again. What was in flight may or may not have been committed.
 */
public final class StoreUnavailable extends StoreUnreachable {
  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message) {
    super(message, null);
  }

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
