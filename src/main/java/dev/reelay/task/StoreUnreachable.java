package dev.reelay.task;

import org.jspecify.annotations.Nullable;

/**
 * What a store throws while it cannot be reached: nothing is wrong with the call, and whether it
 * took effect is not known. Who works for tasks waits and tries again; that is no fault to report.
 */
public abstract class StoreUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected StoreUnreachable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
