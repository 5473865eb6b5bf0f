package dev.reelay.provider;

import dev.reelay.limit.RateLimit;
import dev.reelay.routing.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What one credential may do at once and a minute. Each has its own, so that a provider which hangs
 * fills its own places and nobody else's.
 */
final class CredentialGate {
  /** Files are long; they must not take the places of polls. */
  static final int DOWNLOADS_AT_ONCE_MAX = 32;

  /** When a full gate is worth another try. */
  static final Duration FULL_RETRY = Duration.ofSeconds(1);

  private static final int SECONDS_PER_MINUTE = 60;

  private final Channel.Limits limits;
  private final Semaphore calls;
  private final Semaphore downloads = new Semaphore(DOWNLOADS_AT_ONCE_MAX);
  private final RateLimit polls;

  CredentialGate(InstantSource clock, Channel.Limits limits) {
    this.limits = limits;
    this.calls = new Semaphore(limits.callsAtOnceMax());
    var burst = Math.max(1, limits.pollsPerMinute() / SECONDS_PER_MINUTE);
    this.polls = new RateLimit(clock, limits.pollsPerMinute(), burst);
  }

  boolean has(Channel.Limits wanted) {
    return limits.equals(wanted);
  }

  /** A place for one call, given back by closing it. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  Optional<Place> call() {
    return calls.tryAcquire() ? Optional.of(calls::release) : Optional.empty();
  }

  Optional<Place> call(Duration patience) {
    try {
      return calls.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(calls::release)
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  Optional<Place> download() {
    return downloads.tryAcquire() ? Optional.of(downloads::release) : Optional.empty();
  }

  /** How long a poll has to wait; zero if it may go, and then it is counted. */
  Duration pollWait() {
    return Duration.ofNanos(polls.take());
  }
}
