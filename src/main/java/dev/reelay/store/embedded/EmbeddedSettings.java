package dev.reelay.store.embedded;

import dev.reelay.store.DataDirectory;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How the bundled PostgreSQL is started.
 *
 * @param data the open data directory; its lock says that nobody else starts one there
 * @param connectionsMax PostgreSQL's max_connections, 10 to 1,000
 * @param startTimeoutMax the longest wait for its first answer; after a power cut it first replays
 *     its log, which can take minutes
 * @param random where the password comes from: a secure source
 */
public record EmbeddedSettings(
    DataDirectory data, int connectionsMax, Duration startTimeoutMax, RandomGenerator random) {
  public static final int CONNECTIONS_USUAL = 50;
  public static final Duration START_TIMEOUT_USUAL = Duration.ofMinutes(5);

  private static final int CONNECTIONS_MIN = 10;
  private static final int CONNECTIONS_MAX = 1_000;

  public EmbeddedSettings {
    if (connectionsMax < CONNECTIONS_MIN || connectionsMax > CONNECTIONS_MAX) {
      throw new IllegalArgumentException("connectionsMax must be 10 to 1,000: " + connectionsMax);
    }
    if (!startTimeoutMax.isPositive()) {
      throw new IllegalArgumentException("startTimeoutMax must be positive");
    }
  }

  /** The usual settings: 50 connections, five minutes. */
  public static EmbeddedSettings usual(DataDirectory data, RandomGenerator random) {
    return new EmbeddedSettings(data, CONNECTIONS_USUAL, START_TIMEOUT_USUAL, random);
  }
}
