package dev.reelay.limit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast calls of one kind may follow each other: so many a minute, or any number; none for a
 * while after whoever is called asked for a pause; and few to one who was gone, see {@link
 * Comeback}. Safe for all threads.
 */
public final class Tempo {
  /** A longer pause is not believed: a mistaken word must not leave tasks to their deadlines. */
  public static final Duration PAUSE_MAX = Duration.ofMinutes(5);

  private static final int SECONDS_PER_MINUTE = 60;

  private final InstantSource clock;
  private final Optional<RateLimit> rate;
  private final Comeback comeback;
  private final AtomicLong pausedUntilMillis = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param perMinute empty for any number; a second's share of it may come at once
   */
  public Tempo(InstantSource clock, OptionalInt perMinute) {
    this.clock = clock;
    this.rate =
        perMinute.isPresent()
            ? Optional.of(new RateLimit(clock, perMinute.getAsInt(), burst(perMinute.getAsInt())))
            : Optional.empty();
    this.comeback = new Comeback(clock);
  }

  private static int burst(int perMinute) {
    return Math.max(1, perMinute / SECONDS_PER_MINUTE);
  }

  /** Takes one call: zero if it may go now, else how long until one may; then nothing is taken. */
  public Duration take() {
    var wait = untilFree();
    if (wait.isZero()) {
      wait = comeback.take();
    }
    return wait.isPositive() || rate.isEmpty() ? wait : Duration.ofNanos(rate.get().take());
  }

  /** A call was answered, be it by a refusal. */
  public void answered() {
    comeback.answered();
  }

  /** A call was not answered, or by an error of the server. */
  public void unanswered() {
    comeback.unanswered();
  }

  /**
   * Takes one call and says how long it has to wait for its turn, zero for not at all. Who waits
   * need not take another call then, unless it {@link #isPaused}; so a backlog is worked off in
   * order and costs nothing while it waits.
   *
   * @param aheadMax how many calls may be waiting at most
   */
  public Duration book(int aheadMax) {
    var pause = pause();
    return rate.map(limit -> Duration.ofNanos(limit.book(aheadMax, pause.toNanos()))).orElse(pause);
  }

  /** Whether a pause was asked for and is not over. */
  public boolean isPaused() {
    return pause().isPositive();
  }

  /** How long until a call may go; zero if one may now. Takes nothing. */
  public Duration untilFree() {
    var pause = pause();
    var wait = rate.map(limit -> Duration.ofNanos(limit.untilFree())).orElse(Duration.ZERO);
    return longer(longer(pause, wait), comeback.untilFree());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /**
   * Lets no call go for so long, {@link #PAUSE_MAX} at most. A shorter pause ends no longer one.
   */
  public void pause(Duration asked) {
    var pause = asked.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : asked;
    pausedUntilMillis.accumulateAndGet(clock.millis() + pause.toMillis(), Math::max);
  }

  /** A clock that was set back must not make it longer than anybody may ask for. */
  private Duration pause() {
    var now = clock.millis();
    var latest = now + PAUSE_MAX.toMillis();
    var until = pausedUntilMillis.get();
    if (until > latest) {
      until = pausedUntilMillis.accumulateAndGet(latest, Math::min);
    }
    return until <= now ? Duration.ZERO : Duration.ofMillis(until - now);
  }
}
