package dev.reelay.sandbox;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An idempotency token with a moment in it (UUID version 7, RFC 9562). The sandbox derives a job's
 * whole id from it, so that it honours tokens across restarts without keeping any.
 */
record CreateToken(Instant at, long salt) {
  private static final int VERSION_WITH_TIME = 7;
  private static final int TIME_SHIFT_BITS = 16;

  static Optional<CreateToken> read(String text) {
    try {
      var uuid = UUID.fromString(text);
      return uuid.version() == VERSION_WITH_TIME
          ? Optional.of(
              new CreateToken(
                  Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> TIME_SHIFT_BITS),
                  uuid.getLeastSignificantBits()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
