package dev.reelay.http;

import java.time.Duration;

/** The bounds of the server. Everything a stranger can make larger or slower has one. */
public record HttpLimits(Patience patience, long bodiesInFlightBytes, int connections) {
  public static final int JSON_BODY_BYTES_MAX = 1 << 20;
  public static final long BODIES_IN_FLIGHT_BYTES_MAX = 64L << 20;

  /** Room for all that wait and listen, and as many again that ask. */
  public static final int CONNECTIONS_MAX = 16_384;

  public static final int REQUEST_LINE_BYTES_MAX = 8 << 10;
  public static final int HEADER_BYTES_MAX = 16 << 10;

  public static final HttpLimits DEFAULTS =
      new HttpLimits(Patience.DEFAULTS, BODIES_IN_FLIGHT_BYTES_MAX, CONNECTIONS_MAX);

  public HttpLimits {
    if (bodiesInFlightBytes <= 0 || connections <= 0) {
      throw new IllegalArgumentException("a limit must be positive");
    }
  }

  /**
   * How long we wait for the other end.
   *
   * @param head from the first byte of a request to the end of its header
   * @param body from the first read of a body to its last byte
   * @param idle between two requests of a connection
   * @param write without any progress while we send
   * @param stop for running requests, when the server stops
   */
  public record Patience(
      Duration head, Duration body, Duration idle, Duration write, Duration stop) {
    public static final Patience DEFAULTS =
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
  }
}
