package dev.reelay.testkit;

import static java.util.Objects.requireNonNull;

import dev.reelay.access.TenantId;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.task.TaskId;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.Delivery.Happening;
import dev.reelay.webhook.Delivery.Subject;
import dev.reelay.webhook.DeliveryAttempt;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.DeliveryRules.Conclusion;
import dev.reelay.webhook.DeliveryRules.ForEndpoint;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.Endpoints;
import dev.reelay.webhook.EventFeed;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.Fanout;
import dev.reelay.webhook.Health;
import dev.reelay.webhook.MessageId;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Endpoints, deliveries and the feed in memory. It passes the suite of the real ones. */
public final class InMemoryWebhooks implements Endpoints, Deliveries, EventFeed {
  private final ManualClock clock;
  private final SplittableRandom random = new SplittableRandom(7);
  private final TimeOrderedIds ids;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Kept> endpoints = new TreeMap<>();
  private final Map<String, Row> rows = new TreeMap<>();
  private final DueDeliveries due = new DueDeliveries();
  private final Set<Long> living = new HashSet<>();
  private int published;

  public InMemoryWebhooks(ManualClock clock) {
    this.clock = clock;
    this.ids = new TimeOrderedIds(clock, random);
  }

  private record Event(TenantId tenant, Happening happening, Optional<URI> callback) {}

  private record Ending(SigningSecret secret, Optional<Instant> endsAt) {}

  /** An endpoint with what is stored beside it. */
  private static final class Kept {
    private Endpoint endpoint;
    private final List<Ending> secrets = new ArrayList<>();
    private int since;
    private long last;

    Kept(Endpoint endpoint, SigningSecret secret, int since) {
      this.endpoint = endpoint;
      this.since = since;
      secrets.add(new Ending(secret, Optional.empty()));
    }
  }

  /** A delivery with what is stored beside it. */
  private static final class Row {
    private Delivery delivery;
    private long fence;
    private final List<DeliveryAttempt> attempts = new ArrayList<>();

    Row(Delivery delivery) {
      this.delivery = delivery;
    }
  }

  /** Puts an event into the outbox, as the end of a task does. */
  public synchronized void happen(
      TenantId tenant, TaskId task, EventType type, Optional<URI> callback) {
    var happening =
        new Happening(MessageId.of(task), type, new Subject.OfTask(task), clock.instant());
    events.add(new Event(tenant, happening, callback));
  }

  /** From now on a node with this fence lives. */
  public synchronized void live(long fence) {
    living.add(fence);
  }

  public synchronized void die(long fence) {
    living.remove(fence);
  }

  // Endpoints

  @Override
  public synchronized Addition add(NewEndpoint added) {
    var owned = list(Optional.of(added.tenant())).stream().filter(InMemoryWebhooks::isAddress);
    if (owned.count() >= Endpoint.PER_TENANT_MAX) {
      return new Addition.TooMany();
    }
    return new Addition.Added(
        keep(
            added.tenant(),
            new Endpoint.Target.Address(added.url()),
            added.wishes(),
            added.secret()));
  }

  private Endpoint keep(
      TenantId tenant, Endpoint.Target target, Endpoint.Wishes wishes, SigningSecret secret) {
    var id = new EndpointId(ids.text());
    var made =
        new Endpoint(id, tenant, target, wishes, Health.GOOD, Optional.empty(), clock.instant());
    endpoints.put(id.value(), new Kept(made, secret, events.size()));
    return made;
  }

  private static boolean isAddress(Endpoint endpoint) {
    return endpoint.target() instanceof Endpoint.Target.Address;
  }

  private Optional<Kept> kept(TenantId tenant, EndpointId id) {
    return Optional.ofNullable(endpoints.get(id.value()))
        .filter(found -> found.endpoint.tenant().equals(tenant));
  }

  @Override
  public synchronized Optional<Endpoint> find(TenantId tenant, EndpointId id) {
    return kept(tenant, id).map(found -> found.endpoint);
  }

  @Override
  public synchronized Optional<Endpoint> find(EndpointId id) {
    return Optional.ofNullable(endpoints.get(id.value())).map(found -> found.endpoint);
  }

  @Override
  public synchronized List<Endpoint> list(Optional<TenantId> tenant) {
    return endpoints.values().stream()
        .map(found -> found.endpoint)
        .filter(endpoint -> tenant.isEmpty() || endpoint.tenant().equals(tenant.get()))
        .sorted(
            Comparator.comparingLong((Endpoint e) -> e.tenant().value())
                .thenComparing(e -> e.id().value()))
        .toList();
  }

  @Override
  public synchronized Endpoint perRequest(TenantId tenant) {
    return list(Optional.of(tenant)).stream()
        .filter(endpoint -> !isAddress(endpoint))
        .findFirst()
        .orElseGet(
            () ->
                keep(
                    tenant,
                    new Endpoint.Target.PerRequest(),
                    Endpoint.Wishes.PER_REQUEST,
                    SigningSecret.generate(random)));
  }

  @Override
  public synchronized Optional<Endpoint> update(
      TenantId tenant, EndpointId id, UnaryOperator<Endpoint> change) {
    var found = kept(tenant, id);
    found.ifPresent(row -> save(row, change.apply(row.endpoint)));
    return found.map(row -> row.endpoint);
  }

  private void save(Kept row, Endpoint after) {
    var before = row.endpoint;
    row.endpoint = after;
    if (before.disabled().isPresent() && after.disabled().isEmpty()) {
      row.since = events.size();
    }
    if (before.disabled().isEmpty() && after.disabled().isPresent()) {
      var failed =
          new DeliveryState.Failed(
              DeliveryState.Why.ENDPOINT_DISABLED, after.disabled().get().at());
      for (var delivery : rowsOf(after.id())) {
        if (isPending(delivery.delivery)) {
          put(delivery, failed, delivery.delivery.attempts(), delivery.delivery.step());
        }
      }
    }
  }

  private void put(Row row, DeliveryState state, int attempts, int step) {
    var old = row.delivery;
    row.fence = 0;
    change(
        row,
        new Delivery(
            old.id(),
            old.tenant(),
            old.endpoint(),
            old.happening(),
            old.lane(),
            old.url(),
            old.sequence(),
            state,
            attempts,
            step));
  }

  private void change(Row row, Delivery after) {
    due.changed(Optional.of(row.delivery), Optional.of(after));
    row.delivery = after;
  }

  @Override
  public synchronized boolean remove(TenantId tenant, EndpointId id) {
    var found = kept(tenant, id).filter(row -> isAddress(row.endpoint));
    if (found.isPresent()) {
      endpoints.remove(id.value());
      for (var row : rowsOf(id)) {
        due.changed(Optional.of(row.delivery), Optional.empty());
        rows.remove(row.delivery.id().value());
      }
    }
    return found.isPresent();
  }

  @Override
  public synchronized boolean rotate(
      TenantId tenant, EndpointId id, SigningSecret next, Instant othersEnd) {
    var found = kept(tenant, id);
    if (found.isEmpty()) {
      return false;
    }
    var secrets = found.get().secrets;
    secrets.replaceAll(
        old -> {
          var ends = old.endsAt().filter(at -> at.isBefore(othersEnd)).orElse(othersEnd);
          return new Ending(old.secret(), Optional.of(ends));
        });
    secrets.addFirst(new Ending(next, Optional.empty()));
    while (secrets.size() > SECRETS_MAX) {
      secrets.removeLast();
    }
    return true;
  }

  // Deliveries

  @Override
  public synchronized Published publish(int eventsMax) {
    var batch = events.subList(published, Math.min(events.size(), published + eventsMax));
    var made = 0;
    var number = published;
    for (var event : batch) {
      event.callback().ifPresent(_ -> perRequest(event.tenant()));
      for (var leg : Fanout.of(event.happening(), hearing(event, number), event.callback())) {
        make(leg.endpoint(), event.happening(), leg.url());
        made++;
      }
      number++;
    }
    published += batch.size();
    return new Published(batch.size(), made);
  }

  private List<Endpoint> hearing(Event event, int number) {
    return endpoints.values().stream()
        .filter(row -> row.endpoint.tenant().equals(event.tenant()))
        .filter(row -> number >= row.since || !isAddress(row.endpoint))
        .map(row -> row.endpoint)
        .toList();
  }

  private Delivery make(Endpoint endpoint, Happening happening, URI url) {
    var row = requireNonNull(endpoints.get(endpoint.id().value()));
    row.last++;
    var made =
        Delivery.of(
            new DeliveryId(ids.text()), endpoint, happening, url, row.last, clock.instant());
    rows.put(made.id().value(), new Row(made));
    due.changed(Optional.empty(), Optional.of(made));
    return made;
  }

  @Override
  public synchronized List<Parcel> claim(Claim claim) {
    var found =
        due.due(claim.lanes(), claim.now())
            .flatMap(
                lane -> lane.filter(place -> isFree(row(place), claim)).limit(claim.perLaneMax()))
            .sorted()
            .limit(claim.max())
            .map(this::row)
            .toList();
    found.forEach(row -> row.fence = claim.fence());
    return found.stream().map(row -> parcel(row, claim.now())).toList();
  }

  private Row row(DueDeliveries.Place place) {
    return requireNonNull(rows.get(place.id()));
  }

  private boolean isFree(Row row, Claim claim) {
    return row.fence == 0
        || (row.fence == claim.fence() && !claim.held().contains(row.delivery.id()))
        || !living.contains(row.fence);
  }

  private Parcel parcel(Row row, Instant now) {
    var kept = requireNonNull(endpoints.get(row.delivery.endpoint().value()));
    var secrets =
        kept.secrets.stream()
            .filter(s -> s.endsAt().isEmpty() || s.endsAt().get().isAfter(now))
            .map(Ending::secret)
            .toList();
    return new Parcel(current(row.delivery, kept.endpoint), kept.endpoint, secrets);
  }

  /** An endpoint that moved is called where it is now. */
  private static Delivery current(Delivery old, Endpoint endpoint) {
    return endpoint.target() instanceof Endpoint.Target.Address(URI url)
        ? new Delivery(
            old.id(),
            old.tenant(),
            old.endpoint(),
            old.happening(),
            old.lane(),
            url,
            old.sequence(),
            old.state(),
            old.attempts(),
            old.step())
        : old;
  }

  @Override
  public synchronized boolean conclude(long fence, Parcel parcel, Conclusion conclusion) {
    var row = rows.get(parcel.delivery().id().value());
    if (row == null
        || row.fence != fence
        || !isPending(row.delivery)
        || row.delivery.attempts() != parcel.delivery().attempts()) {
      return false;
    }
    change(row, conclusion.after());
    row.fence = 0;
    conclusion.attempt().ifPresent(row.attempts::add);
    var kept = requireNonNull(endpoints.get(parcel.endpoint().id().value()));
    switch (conclusion.endpoint()) {
      case ForEndpoint.Unchanged _ -> {}
      case ForEndpoint.Feels(Health health) -> kept.endpoint = kept.endpoint.feeling(health);
      case ForEndpoint.Disable(Endpoint.Reason reason) -> disable(kept, reason);
    }
    return true;
  }

  private void disable(Kept kept, Endpoint.Reason reason) {
    if (kept.endpoint.disabled().isPresent()) {
      return;
    }
    save(kept, kept.endpoint.disabledFor(reason, clock.instant()));
    var happening = about(EventType.ENDPOINT_DISABLED, kept.endpoint.id());
    for (var other : list(Optional.of(kept.endpoint.tenant()))) {
      if (other.takes(EventType.ENDPOINT_DISABLED)
          && other.target() instanceof Endpoint.Target.Address(URI url)) {
        make(other, happening, url);
      }
    }
  }

  private Happening about(EventType type, EndpointId endpoint) {
    return new Happening(
        new MessageId(ids.text()), type, new Subject.OfEndpoint(endpoint), clock.instant());
  }

  private List<Row> rowsOf(EndpointId endpoint) {
    return rows.values().stream().filter(row -> row.delivery.endpoint().equals(endpoint)).toList();
  }

  private static boolean isPending(Delivery delivery) {
    return delivery.state() instanceof DeliveryState.Pending;
  }

  @Override
  public synchronized Optional<Delivery> find(TenantId tenant, DeliveryId id) {
    return Optional.ofNullable(rows.get(id.value()))
        .map(row -> row.delivery)
        .filter(delivery -> delivery.tenant().equals(tenant));
  }

  @Override
  public synchronized List<Delivery> list(Query query) {
    return rows.values().stream()
        .map(row -> row.delivery)
        .filter(d -> d.tenant().equals(query.tenant()))
        .filter(d -> query.endpoint().isEmpty() || d.endpoint().equals(query.endpoint().get()))
        .filter(d -> query.state().isEmpty() || d.state().name() == query.state().get())
        .filter(
            d ->
                query.before().isEmpty()
                    || d.id().value().compareTo(query.before().get().value()) < 0)
        .sorted(Comparator.comparing((Delivery d) -> d.id().value()).reversed())
        .limit(query.limit())
        .toList();
  }

  @Override
  public synchronized List<DeliveryAttempt> attempts(DeliveryId id) {
    var row = rows.get(id.value());
    return row == null ? List.of() : List.copyOf(row.attempts);
  }

  @Override
  public synchronized Replay replay(TenantId tenant, DeliveryId id) {
    var found = find(tenant, id);
    if (found.isEmpty()) {
      return new Replay.Missing();
    }
    if (find(found.get().endpoint()).flatMap(Endpoint::disabled).isPresent()) {
      return new Replay.Disabled();
    }
    var row = requireNonNull(rows.get(id.value()));
    if (!isPending(row.delivery) || row.fence == 0) {
      change(row, row.delivery.again(clock.instant()));
    }
    return new Replay.Again(row.delivery);
  }

  @Override
  public synchronized RangeReplay replay(TenantId tenant, EndpointId id, Range range) {
    var kept = kept(tenant, id);
    if (kept.isEmpty()) {
      return new RangeReplay.Missing();
    }
    if (kept.get().endpoint.disabled().isPresent()) {
      return new RangeReplay.Disabled();
    }
    var again = 0;
    for (var row : rowsOf(id)) {
      if (row.delivery.state() instanceof DeliveryState.Failed(var why, _)
          && why != DeliveryState.Why.TASK_DELETED
          && isIn(range, row.delivery.happening())
          && again < Range.MAX) {
        change(row, row.delivery.again(clock.instant()));
        again++;
      }
    }
    return new RangeReplay.Done(again, makeUntold(kept.get().endpoint, range, Range.MAX - again));
  }

  private int makeUntold(Endpoint endpoint, Range range, int max) {
    if (!(endpoint.target() instanceof Endpoint.Target.Address(URI url))) {
      return 0;
    }
    var told = rowsOf(endpoint.id()).stream().map(row -> row.delivery.happening()).toList();
    var untold =
        events.stream()
            .filter(event -> event.tenant().equals(endpoint.tenant()))
            .map(Event::happening)
            .filter(happening -> isIn(range, happening) && !told.contains(happening))
            .filter(happening -> endpoint.takes(happening.type()))
            .limit(max)
            .toList();
    untold.forEach(happening -> make(endpoint, happening, url));
    return untold.size();
  }

  private static boolean isIn(Range range, Happening happening) {
    return !happening.at().isBefore(range.from()) && happening.at().isBefore(range.to());
  }

  @Override
  public synchronized Testing test(TenantId tenant, EndpointId id) {
    var kept = kept(tenant, id);
    if (kept.isEmpty()
        || !(kept.get().endpoint.target() instanceof Endpoint.Target.Address(URI url))) {
      return new Testing.Missing();
    }
    return kept.get().endpoint.disabled().isPresent()
        ? new Testing.Disabled()
        : new Testing.Made(make(kept.get().endpoint, about(EventType.WEBHOOK_TEST, id), url));
  }

  @Override
  public synchronized int forget(Instant endedBefore, int max) {
    var old =
        rows.entrySet().stream()
            .filter(entry -> endedAt(entry.getValue()).filter(endedBefore::isAfter).isPresent())
            .map(Map.Entry::getKey)
            .limit(max)
            .toList();
    old.forEach(rows::remove);
    return old.size();
  }

  private static Optional<Instant> endedAt(Row row) {
    return switch (row.delivery.state()) {
      case DeliveryState.Pending _ -> Optional.empty();
      case DeliveryState.Delivered(Instant at) -> Optional.of(at);
      case DeliveryState.Failed(_, Instant at) -> Optional.of(at);
    };
  }

  // The feed

  @Override
  public synchronized Optional<List<Happening>> after(
      TenantId tenant, Optional<MessageId> last, int max) {
    var all = happenings(tenant);
    var begin = 0;
    if (last.isPresent()) {
      var found = all.stream().filter(h -> h.message().equals(last.get())).findFirst();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      begin = all.indexOf(found.get()) + 1;
    }
    return Optional.of(List.copyOf(all.subList(begin, Math.min(all.size(), begin + max))));
  }

  private List<Happening> happenings(TenantId tenant) {
    return events.stream()
        .filter(event -> event.tenant().equals(tenant))
        .map(Event::happening)
        .toList();
  }

  @Override
  public synchronized Optional<MessageId> latest(TenantId tenant) {
    var all = happenings(tenant);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().message());
  }
}
