package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.webhook.Deliveries.Range;
import dev.reelay.webhook.Deliveries.RangeReplay;
import dev.reelay.webhook.Deliveries.Replay;
import dev.reelay.webhook.Deliveries.Testing;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.Delivery.Happening;
import dev.reelay.webhook.Delivery.Subject;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.MessageId;
import java.net.URI;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Deliveries that somebody asks for: replays of one and of a range, tests, and what is told. */
final class DeliveryReplays {
  private static final String FIND =
      "select "
          + DeliveryRows.COLUMNS
          + " from delivery d join endpoint e on e.id = d.endpoint_id"
          + " where d.id = ? and d.tenant_id = ?";

  /** What is on its way just now is left to whoever has it. */
  private static final String AGAIN =
      """
      update delivery set state = 'pending', why = null, ended_at = null, due_at = ?, step = 0
      where id = ? and (state <> 'pending' or fence = 0)\
      """;

  private static final String FAILED_AGAIN =
      """
      update delivery set state = 'pending', why = null, ended_at = null, due_at = ?, step = 0
      where id in (
        select id from delivery
        where endpoint_id = ? and state = 'failed' and why <> 'task_deleted'
          and happened_at >= ? and happened_at < ?
        order by sequence limit ?)\
      """;

  private static final String UNTOLD =
      "select "
          + OutboxRows.COLUMNS
          + """
          from event e join task t on t.id = e.task_id
          where e.tenant_id = ? and e.created_at >= ? and e.created_at < ? and e.type = any(?)
            and not exists (select 1 from delivery d where d.event_id = e.id and d.endpoint_id = ?)
          order by e.written_by, e.id limit ?\
          """;

  private static final String NEXT_NUMBER =
      """
      update endpoint set last_sequence = last_sequence + 1 where id = ?
      returning last_sequence\
      """;

  private static final String OTHERS =
      """
      select * from endpoint
      where tenant_id = ? and id <> ? and url is not null and disabled_at is null order by id\
      """;

  private final TimeOrderedIds ids;
  private final InstantSource clock;

  DeliveryReplays(TimeOrderedIds ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  static Optional<Delivery> find(Sql.Session session, TenantId tenant, DeliveryId id)
      throws SQLException {
    return session.first(FIND, DeliveryRows::delivery, id.value(), tenant.value());
  }

  Replay replay(Sql.Session session, TenantId tenant, DeliveryId id) throws SQLException {
    var found = find(session, tenant, id);
    if (found.isEmpty()) {
      return new Replay.Missing();
    }
    var endpoint = EndpointRows.lock(session, found.get().endpoint());
    if (endpoint.isEmpty()) {
      return new Replay.Missing();
    }
    if (endpoint.get().disabled().isPresent()) {
      return new Replay.Disabled();
    }
    session.update(AGAIN, clock.instant(), id.value());
    return new Replay.Again(find(session, tenant, id).orElseThrow());
  }

  RangeReplay replay(Sql.Session session, TenantId tenant, EndpointId id, Range range)
      throws SQLException {
    var endpoint = EndpointRows.lock(session, id).filter(found -> found.tenant().equals(tenant));
    if (endpoint.isEmpty()) {
      return new RangeReplay.Missing();
    }
    if (endpoint.get().disabled().isPresent()) {
      return new RangeReplay.Disabled();
    }
    var again =
        session.update(
            FAILED_AGAIN, clock.instant(), id.value(), range.from(), range.to(), Range.MAX);
    var made = 0;
    for (var row : untold(session, endpoint.get(), range, Range.MAX - again)) {
      var event = Optional.of(row.place().id());
      made += make(session, endpoint.get(), row.happening(), event).isPresent() ? 1 : 0;
    }
    return new RangeReplay.Done(again, made);
  }

  /** Only an address can have missed what came before it. */
  private static List<OutboxRows.Row> untold(
      Sql.Session session, Endpoint endpoint, Range range, int max) throws SQLException {
    return switch (endpoint.target()) {
      case Endpoint.Target.PerRequest _ -> List.of();
      case Endpoint.Target.Address _ ->
          session.list(
              UNTOLD,
              OutboxRows::row,
              endpoint.tenant().value(),
              range.from(),
              range.to(),
              EventType.words(endpoint.wishes().types()).toArray(String[]::new),
              endpoint.id().value(),
              max);
    };
  }

  Testing test(Sql.Session session, TenantId tenant, EndpointId id) throws SQLException {
    var endpoint = EndpointRows.lock(session, id).filter(found -> found.tenant().equals(tenant));
    if (endpoint.isEmpty()) {
      return new Testing.Missing();
    }
    if (endpoint.get().disabled().isPresent()) {
      return new Testing.Disabled();
    }
    var made = make(session, endpoint.get(), about(EventType.WEBHOOK_TEST, id), Optional.empty());
    return made.<Testing>map(Testing.Made::new).orElse(new Testing.Missing());
  }

  /** The tenant's other endpoints hear that one was switched off. */
  void tellOthers(Sql.Session session, Endpoint disabled) throws SQLException {
    var others =
        session.list(
            OTHERS, EndpointRows::endpoint, disabled.tenant().value(), disabled.id().value());
    var happening = about(EventType.ENDPOINT_DISABLED, disabled.id());
    for (var other : others) {
      if (other.takes(EventType.ENDPOINT_DISABLED)) {
        make(session, other, happening, Optional.empty());
      }
    }
  }

  private Happening about(EventType type, EndpointId endpoint) {
    return new Happening(
        new MessageId(ids.text()), type, new Subject.OfEndpoint(endpoint), clock.instant());
  }

  /** Makes a delivery to an endpoint's own address; nothing for one without. */
  private Optional<Delivery> make(
      Sql.Session session, Endpoint endpoint, Happening happening, Optional<Long> event)
      throws SQLException {
    if (!(endpoint.target() instanceof Endpoint.Target.Address(URI url))) {
      return Optional.empty();
    }
    var number =
        session.one(NEXT_NUMBER, row -> row.getLong("last_sequence"), endpoint.id().value());
    var made =
        Delivery.of(new DeliveryId(ids.text()), endpoint, happening, url, number, clock.instant());
    DeliveryRows.insert(session, made, endpoint.target(), event);
    return Optional.of(made);
  }
}
