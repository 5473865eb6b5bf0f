package dev.reelay.worker;

import dev.reelay.webhook.Courier;
import dev.reelay.webhook.Courier.Letter;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Deliveries.Claim;
import dev.reelay.webhook.Deliveries.Lanes;
import dev.reelay.webhook.Deliveries.Parcel;
import dev.reelay.webhook.DeliveryAttempt;
import dev.reelay.webhook.DeliveryRules;
import dev.reelay.webhook.DeliveryRules.Conclusion;
import dev.reelay.webhook.DeliveryRules.ForEndpoint;
import dev.reelay.webhook.MessageBodies;
import dev.reelay.webhook.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends deliveries that are due, each receiver in a lane of its own. A lane that failed last is
 * tried one message at a time, in places that the others do not need: however many receivers hang,
 * those that answer are not delayed by them. A message that was sent and not concluded, since we or
 * the store died in between, is sent again.
 */
public final class WebhookSender implements Loop.Body {
  static final int PER_LANE_MAX = 8;
  static final int IN_FLIGHT_MAX = 256;
  static final int FAILING_IN_FLIGHT_MAX = 64;
  static final Duration IDLE_WAIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

  private final Ports ports;
  private final BooleanSupplier mayWork;
  private final LongSupplier fence;
  private final Executor executor;
  private final Runnable wake;
  private final SendingLanes lanes = new SendingLanes();

  /** What is needed from outside. */
  public record Ports(
      Deliveries deliveries,
      MessageBodies bodies,
      Courier courier,
      InstantSource clock,
      RandomGenerator random) {}

  /**
   * @param mayWork false while the node's lease is in question or the node drains
   * @param fence the node's, under which parcels are held
   * @param executor one virtual thread a message in production
   * @param wake makes the next round come at once
   */
  public WebhookSender(
      Ports ports, BooleanSupplier mayWork, LongSupplier fence, Executor executor, Runnable wake) {
    this.ports = ports;
    this.mayWork = mayWork;
    this.fence = fence;
    this.executor = executor;
    this.wake = wake;
  }

  @Override
  public Duration runOnce() {
    if (!mayWork.getAsBoolean()) {
      return IDLE_WAIT;
    }
    var taken = take(false) + take(true);
    return taken > 0 ? Duration.ZERO : IDLE_WAIT;
  }

  private int take(boolean failing) {
    var now = now();
    var holder = fence.getAsLong();
    var most = failing ? FAILING_IN_FLIGHT_MAX : IN_FLIGHT_MAX;
    var room = most - lanes.inFlight(failing);
    Lanes which =
        failing ? new Lanes.Only(lanes.failing(now)) : new Lanes.AllBut(lanes.closed(now));
    if (room <= 0 || (which instanceof Lanes.Only(var only) && only.isEmpty())) {
      return 0;
    }
    var perLane = failing ? 1 : PER_LANE_MAX;
    var claim = new Claim(now, holder, lanes.held(), which, perLane, room);
    var parcels = ports.deliveries().claim(claim);
    for (var parcel : parcels) {
      lanes.begin(parcel.delivery());
      executor.execute(() -> guarded(holder, parcel));
    }
    return parcels.size();
  }

  /** Errors too: a lane must not stay busy for ever. */
  private void guarded(long holder, Parcel parcel) {
    var delivery = parcel.delivery();
    try {
      var conclusion = send(parcel);
      lanes.learn(delivery, conclusion, now());
      if (ports.deliveries().conclude(holder, parcel, conclusion)) {
        tell(parcel, conclusion);
      }
    } catch (Throwable e) {
      LOG.error("delivery {} was not concluded and will be sent again", delivery.id(), e);
      lanes.failed(delivery, now());
    } finally {
      lanes.end(delivery);
      wake.run();
    }
  }

  private Conclusion send(Parcel parcel) {
    var delivery = parcel.delivery();
    var body = ports.bodies().of(delivery, parcel.endpoint().wishes().format());
    if (body.isEmpty()) {
      return DeliveryRules.taskDeleted(delivery, now());
    }
    var at = now();
    var message = delivery.happening().message();
    var signature = Signature.of(message, at, body.get(), parcel.secrets());
    var outcome =
        ports.courier().post(new Letter(delivery.url(), message, at, signature, body.get()));
    var took = Duration.between(at, now());
    var attempt =
        new DeliveryAttempt(
            delivery.attempts() + 1, at, took.isNegative() ? Duration.ZERO : took, outcome);
    return DeliveryRules.after(delivery, parcel.endpoint(), attempt, ports.random());
  }

  private static void tell(Parcel parcel, Conclusion conclusion) {
    if (conclusion.endpoint() instanceof ForEndpoint.Disable(var reason)) {
      LOG.warn(
          "endpoint {} of tenant {} is disabled ({}); its owner can enable it again",
          parcel.endpoint().id(),
          parcel.endpoint().tenant().value(),
          reason);
    }
  }

  private Instant now() {
    return ports.clock().instant();
  }

  /** Messages on their way. */
  public int inFlight() {
    return lanes.inFlight(false) + lanes.inFlight(true);
  }
}
