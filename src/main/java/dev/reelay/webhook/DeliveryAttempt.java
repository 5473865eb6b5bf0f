package dev.reelay.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One POST, or the try of one.
 *
 * @param number counts from 1 and goes on through replays
 * @param took from the begin to the end of the answer
 */
public record DeliveryAttempt(int number, Instant at, Duration took, Outcome outcome) {
  /** Of an answer so much is read and kept. */
  public static final int ANSWER_BYTES_MAX = 64 << 10;

  public static final Duration TIMEOUT = Duration.ofSeconds(15);

  public DeliveryAttempt {
    if (number < 1 || took.isNegative()) {
      throw new IllegalArgumentException("attempts count from 1");
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * An answer of any status; redirects are answers like any other.
     *
     * @param text its beginning
     * @param retryAfter how long the receiver wants us to stay away
     */
    record Answered(int status, String text, Optional<Duration> retryAfter) implements Outcome {}

    /** No whole answer came; the receiver may have read it all the same. */
    record Silence(String why) implements Outcome {}

    /** Nothing was sent: the guard does not let it go there. */
    record Refused(String why) implements Outcome {}
  }
}
