package dev.reelay.worker;

import dev.reelay.webhook.Deliveries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Turns events of the outbox into deliveries. */
public final class WebhookPublisher implements Loop.Body {
  static final int EVENTS_MAX = 200;
  static final Duration IDLE_WAIT = Duration.ofSeconds(1);
  static final Duration EAGER_WAIT = Duration.ofMillis(50);

  /** An event may stay unseen so long: until every transaction that began before it has ended. */
  static final Duration EAGER_FOR = Duration.ofSeconds(2);

  private final Deliveries deliveries;
  private final Runnable sender;
  private final InstantSource clock;
  private volatile Instant eagerUntil = Instant.EPOCH;

  /**
   * @param sender told that there is something to send
   */
  public WebhookPublisher(Deliveries deliveries, Runnable sender, InstantSource clock) {
    this.deliveries = deliveries;
    this.sender = sender;
    this.clock = clock;
  }

  /** A task of this node has ended: its event is worth looking for. */
  public void expect() {
    eagerUntil = clock.instant().plus(EAGER_FOR);
  }

  @Override
  public Duration runOnce() {
    var published = deliveries.publish(EVENTS_MAX);
    if (published.deliveries() > 0) {
      sender.run();
    }
    if (published.events() == EVENTS_MAX) {
      return Duration.ZERO;
    }
    return clock.instant().isBefore(eagerUntil) ? EAGER_WAIT : IDLE_WAIT;
  }
}
