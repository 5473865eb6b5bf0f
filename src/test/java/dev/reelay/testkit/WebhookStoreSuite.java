package dev.reelay.testkit;

import static dev.reelay.webhook.EventType.TASK_SUCCEEDED;

import dev.reelay.access.TenantId;
import dev.reelay.task.TaskId;
import dev.reelay.webhook.Deliveries.Claim;
import dev.reelay.webhook.Deliveries.Lanes;
import dev.reelay.webhook.Deliveries.Parcel;
import dev.reelay.webhook.Deliveries.Query;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.DeliveryRules;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Endpoints.Addition;
import dev.reelay.webhook.Endpoints.NewEndpoint;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.SigningSecret;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;

/** What the suites over the stores of webhooks are made of. */
abstract class WebhookStoreSuite {
  static final int MANY = 100;
  final SplittableRandom random = new SplittableRandom(5);

  /** The same kit for the whole of one test. */
  protected abstract WebhookStoreKit kit();

  @AfterEach
  void close() {
    kit().close();
  }

  protected final Endpoint endpoint(TenantId tenant, Endpoint.Wishes wishes) {
    return ((Addition.Added) kit().endpoints().add(newEndpoint(tenant, wishes))).endpoint();
  }

  final NewEndpoint newEndpoint(TenantId tenant, Endpoint.Wishes wishes) {
    var secret = SigningSecret.generate(random);
    return new NewEndpoint(tenant, WebhookSamples.HOOK, wishes, secret);
  }

  static Endpoint.Wishes only(EventType... types) {
    return new Endpoint.Wishes(Endpoint.Format.REELAY, Set.of(types), "");
  }

  final TaskId end(TenantId tenant) {
    return kit().end(tenant, TASK_SUCCEEDED, Optional.empty());
  }

  /** A tenant with one endpoint and one delivery for it. */
  final TenantId delivery() {
    var tenant = kit().tenant();
    endpoint(tenant, Endpoint.Wishes.USUAL);
    end(tenant);
    kit().deliveries().publish(MANY);
    return tenant;
  }

  final void disable(Endpoint endpoint) {
    var now = kit().clock().instant();
    kit()
        .endpoints()
        .update(
            endpoint.tenant(),
            endpoint.id(),
            found -> found.disabledFor(Endpoint.Reason.BY_HAND, now));
  }

  protected final List<Parcel> claim(long node) {
    return claim(node, Set.of());
  }

  final List<Parcel> claim(long node, Set<DeliveryId> held) {
    return kit().deliveries().claim(claimOf(node, held, allBut(), MANY));
  }

  /** In small bites, as long as there is something. */
  final List<DeliveryId> claimAll(long node) {
    var taken = new HashSet<DeliveryId>();
    for (var round = 0; round < MANY; round++) {
      kit()
          .deliveries()
          .claim(claimOf(node, taken, allBut(), 3))
          .forEach(parcel -> taken.add(parcel.delivery().id()));
    }
    return List.copyOf(taken);
  }

  final Claim claimOf(long node, Set<DeliveryId> held, Lanes lanes, int perLane) {
    return new Claim(kit().clock().instant(), node, held, lanes, perLane, MANY);
  }

  static Lanes allBut() {
    return new Lanes.AllBut(Set.of());
  }

  protected final boolean conclude(long node, Parcel parcel, int status) {
    return conclude(node, parcel, WebhookSamples.answered(status));
  }

  final boolean conclude(long node, Parcel parcel, Outcome outcome) {
    var attempt = WebhookSamples.attempt(parcel.delivery(), kit().clock().instant(), outcome);
    var conclusion = DeliveryRules.after(parcel.delivery(), parcel.endpoint(), attempt, random);
    return kit().deliveries().conclude(node, parcel, conclusion);
  }

  final List<Delivery> deliveries(TenantId tenant) {
    var none = Optional.<DeliveryId>empty();
    return kit()
        .deliveries()
        .list(new Query(tenant, Optional.empty(), Optional.empty(), none, Query.LIMIT_MAX));
  }

  final List<DeliveryState.Why> whys(TenantId tenant) {
    return deliveries(tenant).stream()
        .map(Delivery::state)
        .filter(state -> state instanceof DeliveryState.Failed)
        .map(state -> ((DeliveryState.Failed) state).why())
        .toList();
  }
}
