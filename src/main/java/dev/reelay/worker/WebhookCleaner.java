package dev.reelay.worker;

import dev.reelay.webhook.Deliveries;
import java.time.Duration;
import java.time.InstantSource;

/** Removes deliveries that ended long ago, with their attempts, in bounded batches. */
public final class WebhookCleaner implements Loop.Body {
  public static final Duration KEPT = Duration.ofDays(30);
  static final int BATCH_MAX = 1_000;

  private final Deliveries deliveries;
  private final InstantSource clock;

  public WebhookCleaner(Deliveries deliveries, InstantSource clock) {
    this.deliveries = deliveries;
    this.clock = clock;
  }

  @Override
  public Duration runOnce() {
    var removed = deliveries.forget(clock.instant().minus(KEPT), BATCH_MAX);
    return removed == BATCH_MAX ? Cleaner.BUSY_WAIT : Cleaner.IDLE_WAIT;
  }
}
