package dev.reelay.store;

import dev.reelay.access.Secret;
import java.util.Optional;

/**
 * How to reach the database.
 *
 * @param jdbcUrl {@code jdbc:postgresql://…} without a password
 * @param poolSize the most connections opened at once, 1 or more
 * @param patience how long an answer may take
 */
public record DatabaseSettings(
    String jdbcUrl,
    Optional<String> user,
    Optional<Secret> password,
    int poolSize,
    Patience patience) {
  public DatabaseSettings {
    if (poolSize < 1) {
      throw new IllegalArgumentException("a pool has at least one connection");
    }
  }

  /** How long one statement may take. */
  public enum Patience {
    /** A server's: a database that is gone must be noticed within seconds. */
    SERVER(10),
    /** A command's: it may count everything there is. */
    COMMAND(600);

    private final int answerSecondsMax;

    Patience(int answerSecondsMax) {
      this.answerSecondsMax = answerSecondsMax;
    }

    int answerSecondsMax() {
      return answerSecondsMax;
    }
  }
}
