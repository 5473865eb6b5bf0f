package dev.reelay.limit;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How fast a server may be called that was gone and is back. What piled up meanwhile must not fall
 * upon it at once: while it gives no answers, one call a second finds out whether it is back; then
 * calls come at twice the rate that was normal before, until nobody has to wait any more, or as
 * long as it was gone. Says nothing about a server that answers. Safe for all threads.
 */
final class Comeback {
  /** So many calls in a row without an answer mean that it is gone. */
  static final int UNANSWERED_MAX = 3;

  static final int PROBES_PER_MINUTE = 60;
  static final int RETURN_FACTOR = 2;

  /** What counts as normal at least: nobody knows how much more would have come. */
  static final long NORMAL_PER_MINUTE_MIN = 60;

  /** When nobody had to wait for so long, the pile is gone. */
  static final Duration AT_REST = Duration.ofSeconds(10);

  /** A rate is not guessed from less. */
  private static final Duration MEASURED_MIN = Duration.ofSeconds(5);

  private static final long MINUTE_MILLIS = 60_000;

  private final InstantSource clock;
  private State state = State.WELL;
  private RateLimit limit;
  private int unanswered;
  private long sinceMillis;
  private long goneMillis;
  private long waitedAtMillis;
  private long minuteBeganMillis;
  private long thisMinute;
  private long lastMinute;

  private enum State {
    WELL,
    GONE,
    RETURNING
  }

  Comeback(InstantSource clock) {
    this.clock = clock;
    this.limit = new RateLimit(clock, PROBES_PER_MINUTE, 1);
    this.minuteBeganMillis = clock.millis();
  }

  /** A call was answered, be it by a refusal. */
  synchronized void answered() {
    unanswered = 0;
    switch (state) {
      case WELL -> count();
      case GONE -> {
        var now = clock.millis();
        goneMillis = Math.max(0, now - sinceMillis);
        enter(State.RETURNING, RETURN_FACTOR * normalPerMinute(sinceMillis));
        waitedAtMillis = now;
      }
      case RETURNING -> {
        // What is sent now is no measure of what is normal.
      }
    }
  }

  /** A call was not answered, or by an error of the server. */
  synchronized void unanswered() {
    unanswered++;
    if (unanswered >= UNANSWERED_MAX && state != State.GONE) {
      enter(State.GONE, PROBES_PER_MINUTE);
    }
  }

  /** Takes one call: zero if it may go now, else how long until one may; then nothing is taken. */
  synchronized Duration take() {
    return state == State.WELL ? Duration.ZERO : waiting(limit.take());
  }

  /** As {@link #take}, and takes nothing. */
  synchronized Duration untilFree() {
    return state == State.WELL ? Duration.ZERO : waiting(limit.untilFree());
  }

  private Duration waiting(long nanos) {
    var now = clock.millis();
    if (state == State.RETURNING && isOver(now)) {
      state = State.WELL;
      beginMinutes(now);
      return Duration.ZERO;
    }
    waitedAtMillis = nanos > 0 ? now : waitedAtMillis;
    return Duration.ofNanos(nanos);
  }

  private boolean isOver(long now) {
    return now - waitedAtMillis > AT_REST.toMillis() || now - sinceMillis > goneMillis;
  }

  private void enter(State next, long perMinute) {
    state = next;
    sinceMillis = clock.millis();
    limit = new RateLimit(clock, perMinute, 1);
  }

  private void count() {
    var now = clock.millis();
    var passed = (now - minuteBeganMillis) / MINUTE_MILLIS;
    if (passed != 0) {
      lastMinute = passed == 1 ? thisMinute : 0;
      thisMinute = 0;
      minuteBeganMillis = passed == 1 ? minuteBeganMillis + MINUTE_MILLIS : now;
    }
    thisMinute++;
  }

  private void beginMinutes(long now) {
    minuteBeganMillis = now;
    thisMinute = 0;
  }

  /** The busier of the last whole minute and the one that was under way. */
  private long normalPerMinute(long at) {
    var measured = Math.clamp(at - minuteBeganMillis, MEASURED_MIN.toMillis(), MINUTE_MILLIS);
    var current = thisMinute * MINUTE_MILLIS / measured;
    return Math.max(NORMAL_PER_MINUTE_MIN, Math.max(lastMinute, current));
  }
}
