package dev.reelay.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many at once. Who waits for a place comes before who only asks, or those who ask often would
 * keep the others waiting for ever.
 */
public final class Places {
  private final Semaphore free;

  public Places(int atOnceMax) {
    this.free = new Semaphore(atOnceMax, true);
  }

  /** A place that is given back by closing it. */
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** A place if one is free now and nobody waits for it. */
  public Optional<Place> take() {
    return take(Duration.ZERO);
  }

  /** A place as soon as one is free, or none after so long. An interrupt ends the waiting. */
  public Optional<Place> take(Duration patience) {
    try {
      // The only form that keeps to the order of arrival.
      return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(free::release)
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
