package dev.reelay.limit;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A generic cell rate bucket: so many calls a minute, with a burst, in one compare-and-set and
 * without allocation. A clock that was set back makes it at most empty, never closed for longer.
 * Safe for all threads.
 */
public final class RateLimit {
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final InstantSource clock;
  private final long intervalNanos;
  private final long burstNanos;
  private final AtomicLong freeAtNanos = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param perMinute calls a minute in the long run, at least 1
   * @param burst calls that may come at once, at least 1
   */
  public RateLimit(InstantSource clock, long perMinute, long burst) {
    if (perMinute < 1 || burst < 1) {
      throw new IllegalArgumentException("a rate limit allows at least one call");
    }
    this.clock = clock;
    this.intervalNanos = NANOS_PER_MINUTE / perMinute;
    this.burstNanos = Math.multiplyExact(intervalNanos, burst);
  }

  /**
   * How full a bucket is.
   *
   * @param remaining calls that may come at once now
   * @param fullAfterNanos when the whole burst is there again; 0 if it is
   */
  public record Level(long remaining, long fullAfterNanos) {}

  /** Takes one call; as {@link #take(long)}. */
  public long take() {
    return take(1);
  }

  /**
   * Takes so many calls at once.
   *
   * @param calls more than the burst count as the burst, or they could never go
   * @return 0 if they may go now; else the nanoseconds after which they may, and nothing was taken
   */
  public long take(long calls) {
    var now = now();
    var taken = Math.min(calls * intervalNanos, burstNanos);
    while (true) {
      var freeAt = freeAtNanos.get();
      var from = Math.clamp(freeAt, now, now + burstNanos);
      var next = from + taken;
      var early = next - now - burstNanos;
      if (early > 0) {
        if (from < freeAt) {
          // The clock was set back; what it said before must not count for longer than a burst.
          freeAtNanos.compareAndSet(freeAt, from);
        }
        return early;
      }
      if (freeAtNanos.compareAndSet(freeAt, next)) {
        return 0;
      }
    }
  }

  /** Nanoseconds until a call may go; 0 if one may now. Takes nothing. */
  public long untilFree() {
    var now = now();
    var from = Math.clamp(freeAtNanos.get(), now, now + burstNanos);
    return Math.max(0, from + intervalNanos - now - burstNanos);
  }

  /**
   * Takes one call in any case and says when it may go, so that calls which all have to wait go in
   * the order in which they asked.
   *
   * @param aheadMax how many calls may be waiting at most; it bounds the wait when the clock was
   *     set back
   * @param notBeforeNanos from now; no call goes earlier, and then a whole burst may
   * @return the nanoseconds until it may go, 0 for now
   */
  public long book(long aheadMax, long notBeforeNanos) {
    var begin = now() + notBeforeNanos;
    var longest = burstNanos + aheadMax * intervalNanos;
    while (true) {
      var freeAt = freeAtNanos.get();
      var next = Math.clamp(freeAt, begin, begin + longest) + intervalNanos;
      if (freeAtNanos.compareAndSet(freeAt, next)) {
        return notBeforeNanos + Math.max(0, next - begin - burstNanos);
      }
    }
  }

  /** Gives back a call that was taken and then did not count. */
  public void giveBack() {
    freeAtNanos.updateAndGet(freeAt -> freeAt == Long.MIN_VALUE ? freeAt : freeAt - intervalNanos);
  }

  public Level level() {
    var now = now();
    var used = Math.clamp(freeAtNanos.get(), now, now + burstNanos) - now;
    return new Level((burstNanos - used) / intervalNanos, used);
  }

  private long now() {
    return clock.millis() * NANOS_PER_MILLI;
  }
}
