package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.store.OutboxRows.Place;
import dev.reelay.store.OutboxRows.Row;
import dev.reelay.webhook.Deliveries.Published;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Fanout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Turns events into deliveries, each batch in one transaction with the place up to which the outbox
 * was read. One node does so at a time. Events of tenants without any endpoint cost no write but
 * one for some hundred of them: until then the place is only remembered.
 */
final class OutboxPublisher {
  /** So many events may be looked at again after a restart. */
  static final int UNSAVED_MAX = 500;

  private static final Published NOTHING = new Published(0, 0);
  private static final int NOBODY = -1;

  private static final String READER =
      """
      select written_by::text as written_by, event_id as id from outbox_reader
      where name = 'webhooks' for update skip locked\
      """;

  private static final String ADVANCE =
      """
      update outbox_reader set written_by = ?::xid8, event_id = ? where name = 'webhooks'\
      """;

  private static final String ENDPOINTS =
      """
      select *, since::text as since_text from endpoint
      where tenant_id = any(?::bigint[]) and disabled_at is null order by id
      for no key update\
      """;

  private static final String HAVE_ENDPOINTS =
      "select exists (select 1 from endpoint where tenant_id = any(?::bigint[])) as some";

  private static final String NUMBER = "update endpoint set last_sequence = ? where id = ?";

  private final Sql sql;
  private final JdbcEndpoints endpoints;
  private final TimeOrderedIds ids;
  private final InstantSource clock;
  private final AtomicBoolean isInOrder = new AtomicBoolean();
  private final AtomicReference<Reached> reached =
      new AtomicReference<>(new Reached(Place.START, 0));

  /** How far this node has read, and how much of that is not saved. */
  private record Reached(Place place, int unsaved) {}

  OutboxPublisher(Sql sql, JdbcEndpoints endpoints, TimeOrderedIds ids, InstantSource clock) {
    this.sql = sql;
    this.endpoints = endpoints;
    this.ids = ids;
    this.clock = clock;
  }

  /** An endpoint as the batch goes on. */
  private static final class Numbered {
    private final Endpoint endpoint;
    private final long since;
    private long last;
    private boolean used;

    Numbered(Endpoint endpoint, long since, long last) {
      this.endpoint = endpoint;
      this.since = since;
      this.last = last;
    }

    /** An address is told what came after it; one that a request named was there before. */
    boolean mayHear(Row row) {
      return endpoint.target() instanceof Endpoint.Target.PerRequest
          || row.place().writtenBy() > since;
    }
  }

  /** What a round did, and how far this node has read by it: true once it is committed. */
  private record Round(Published published, Reached reached) {}

  Published publish(int eventsMax) {
    if (!isInOrder.get()) {
      isInOrder.set(sql.transaction(OutboxPublisher::putInOrder));
    }
    var from = reached.get();
    if (sql.run(session -> OutboxRows.next(session, from.place(), 1)).isEmpty()) {
      return NOTHING;
    }
    var round = sql.transaction(session -> publish(session, from, eventsMax));
    reached.set(round.reached());
    return round.published();
  }

  /** Before the first event; false if another node is at the outbox, to be tried again. */
  private static boolean putInOrder(Sql.Session session) throws SQLException {
    var isMine = session.first(READER, OutboxRows::place).isPresent();
    if (isMine) {
      OutboxRebase.ifAhead(session);
    }
    return isMine;
  }

  private Round publish(Sql.Session session, Reached from, int eventsMax) throws SQLException {
    var saved = session.first(READER, OutboxRows::place);
    if (saved.isEmpty()) {
      // Another node is at it.
      return new Round(NOTHING, from);
    }
    var begin = saved.get().compareTo(from.place()) > 0 ? saved.get() : from.place();
    var rows = OutboxRows.next(session, begin, eventsMax);
    if (rows.isEmpty()) {
      return new Round(NOTHING, new Reached(begin, from.unsaved()));
    }
    var end = rows.getLast().place();
    var made = concernsSomebody(session, rows) ? deliver(session, rows) : NOBODY;
    var unsaved = from.unsaved() + rows.size();
    if (made == NOBODY && unsaved < UNSAVED_MAX) {
      return new Round(new Published(rows.size(), 0), new Reached(end, unsaved));
    }
    save(session, end);
    return new Round(new Published(rows.size(), Math.max(made, 0)), new Reached(end, 0));
  }

  private static void save(Sql.Session session, Place place) throws SQLException {
    session.updateOne(ADVANCE, String.valueOf(place.writtenBy()), place.id());
  }

  private static boolean concernsSomebody(Sql.Session session, List<Row> rows) throws SQLException {
    return rows.stream().anyMatch(row -> row.callback().isPresent())
        || session.one(HAVE_ENDPOINTS, row -> row.getBoolean("some"), tenants(rows));
  }

  private static String tenants(List<Row> rows) {
    var numbers = rows.stream().map(row -> row.tenant().value()).distinct().toList();
    return numbers.toString().replace('[', '{').replace(']', '}');
  }

  private int deliver(Sql.Session session, List<Row> rows) throws SQLException {
    var callers =
        rows.stream().filter(row -> row.callback().isPresent()).map(Row::tenant).distinct();
    for (var tenant : callers.toList()) {
      endpoints.perRequest(session, tenant);
    }
    var known = session.list(ENDPOINTS, OutboxPublisher::numbered, tenants(rows));
    var now = clock.instant();
    var made = 0;
    for (var row : rows) {
      made += deliver(session, row, ofTenant(known, row.tenant()), now);
    }
    for (var numbered : known) {
      if (numbered.used) {
        session.updateOne(NUMBER, numbered.last, numbered.endpoint.id().value());
      }
    }
    return made;
  }

  private static Numbered numbered(ResultSet row) throws SQLException {
    return new Numbered(
        EndpointRows.endpoint(row),
        Long.parseLong(row.getString("since_text")),
        row.getLong("last_sequence"));
  }

  private static List<Numbered> ofTenant(List<Numbered> known, TenantId tenant) {
    return known.stream().filter(n -> n.endpoint.tenant().equals(tenant)).toList();
  }

  private int deliver(Sql.Session session, Row row, List<Numbered> known, Instant now)
      throws SQLException {
    var hearing = new ArrayList<>(known.stream().filter(n -> n.mayHear(row)).toList());
    var legs =
        Fanout.of(row.happening(), hearing.stream().map(n -> n.endpoint).toList(), row.callback());
    var made = 0;
    for (var leg : legs) {
      var numbered = hearing.stream().filter(n -> n.endpoint.equals(leg.endpoint())).findFirst();
      var sequence = numbered.orElseThrow().last + 1;
      var delivery =
          Delivery.of(
              new DeliveryId(ids.text()),
              leg.endpoint(),
              row.happening(),
              leg.url(),
              sequence,
              now);
      if (DeliveryRows.insert(
          session, delivery, leg.endpoint().target(), Optional.of(row.place().id()))) {
        numbered.get().last = sequence;
        numbered.get().used = true;
        made++;
      }
    }
    return made;
  }
}
