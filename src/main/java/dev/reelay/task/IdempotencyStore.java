package dev.reelay.task;

import java.time.Instant;

/** The port to the kept answers of accepted creates, as far as they are forgotten again. */
public interface IdempotencyStore {
  /**
   * Forgets up to {@code max} answers that were given before the moment, the oldest first.
   *
   * @return how many were forgotten
   */
  int forget(Instant before, int max);
}
