package dev.reelay.store;

import dev.reelay.access.Sealer;
import dev.reelay.access.TenantId;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryAttempt;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.DeliveryRules;
import dev.reelay.webhook.DeliveryRules.ForEndpoint;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.Health;
import dev.reelay.webhook.Lane;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** Deliveries in PostgreSQL. */
public final class JdbcDeliveries implements Deliveries {
  /** Every lane in which something waits, found by one look at the index for each. */
  private static final String ALL_LANES =
      """
      with recursive lane(name) as (
        (select lane from delivery where state = 'pending' order by lane limit 1)
        union all
        select (select d.lane from delivery d
            where d.state = 'pending' and d.lane > lane.name order by d.lane limit 1)
          from lane where lane.name is not null
      ), chosen as (select name from lane where name is not null and name <> all(?)),
      """;

  private static final String THESE_LANES =
      "with chosen as (select name from unnest(?::text[]) as lane(name)),\n";

  /**
   * The oldest that are due, few of each lane. Free is what nobody has, what a node has that does
   * not live, and what this one was given in an answer that it never got.
   */
  private static final String CLAIM =
      """
      picked as (
        select d.id, d.fence from chosen cross join lateral (
          select w.id, w.fence, w.due_at from delivery w
          where w.lane = chosen.name and w.state = 'pending' and w.due_at <= ?
            and (w.fence = 0 or (w.fence = ? and w.id <> all(?)) or not exists (
              select 1 from node n where n.fence = w.fence and n.lease_until > now()))
          order by w.due_at limit ?) d
        order by d.due_at limit ?)
      update delivery d set fence = ? from picked p, endpoint e
      where d.id = p.id and d.fence = p.fence and d.state = 'pending' and e.id = d.endpoint_id
      returning
      """
          + DeliveryRows.COLUMNS;

  private static final String ENDPOINT = "select * from endpoint where id = ?";

  private static final String FEEL =
      """
      update endpoint set failing_days = ?, day_began = ?
      where id = ? and failing_days = ? and disabled_at is null\
      """;

  private static final String LIST =
      "select "
          + DeliveryRows.COLUMNS
          + """
          from delivery d join endpoint e on e.id = d.endpoint_id
           where d.tenant_id = ? and (?::text is null or d.endpoint_id = ?)
             and (?::text is null or d.state = ?) and (?::text is null or d.id < ?)
           order by d.id desc limit ?\
          """;

  private static final String ATTEMPTS =
      "select * from delivery_attempt where delivery_id = ? order by number";

  private static final String FORGET =
      """
      delete from delivery where id in (
        select id from delivery where ended_at < ? order by ended_at limit ?)\
      """;

  private final Sql sql;
  private final EndpointRows endpointRows;
  private final OutboxPublisher publisher;
  private final DeliveryReplays replays;

  public JdbcDeliveries(
      DataSource source, Sealer sealer, InstantSource clock, RandomGenerator random) {
    this.sql = new Sql(source);
    this.endpointRows = new EndpointRows(sealer);
    var ids = new TimeOrderedIds(clock, random);
    var endpoints = new JdbcEndpoints(source, sealer, clock, random);
    this.publisher = new OutboxPublisher(sql, endpoints, ids, clock);
    this.replays = new DeliveryReplays(ids, clock);
  }

  @Override
  public Published publish(int eventsMax) {
    return publisher.publish(eventsMax);
  }

  @Override
  public List<Parcel> claim(Claim claim) {
    return claim.max() == 0 ? List.of() : sql.transaction(session -> claim(session, claim));
  }

  private List<Parcel> claim(Sql.Session session, Claim claim) throws SQLException {
    var lanes =
        switch (claim.lanes()) {
          case Lanes.AllBut(Set<Lane> but) -> new Chosen(ALL_LANES, but);
          case Lanes.Only(Set<Lane> only) -> new Chosen(THESE_LANES, only);
        };
    var taken =
        session.list(
            lanes.head() + CLAIM,
            DeliveryRows::delivery,
            lanes.names(),
            claim.now(),
            claim.fence(),
            claim.held().stream().map(DeliveryId::value).toArray(String[]::new),
            claim.perLaneMax(),
            claim.max(),
            claim.fence());
    var parcels = new ArrayList<Parcel>();
    for (var delivery : taken) {
      var endpoint = session.one(ENDPOINT, EndpointRows::endpoint, delivery.endpoint().value());
      var secrets = endpointRows.secrets(session, endpoint.id(), claim.now());
      parcels.add(new Parcel(delivery, endpoint, secrets));
    }
    return parcels;
  }

  /** How lanes are found, and the parameter for it. */
  private record Chosen(String head, Set<Lane> lanes) {
    String[] names() {
      return lanes.stream().map(Lane::name).toArray(String[]::new);
    }
  }

  @Override
  public boolean conclude(long fence, Parcel parcel, DeliveryRules.Conclusion conclusion) {
    return sql.transaction(
        session -> {
          // First of all where others are given up too, so that no two wait for each other.
          var locked =
              conclusion.endpoint() instanceof ForEndpoint.Unchanged
                  ? Optional.<Endpoint>empty()
                  : EndpointRows.lock(session, parcel.endpoint().id());
          if (!DeliveryRows.conclude(session, fence, parcel.delivery(), conclusion.after())) {
            session.undo();
            return false;
          }
          if (conclusion.attempt().isPresent()) {
            DeliveryRows.addAttempt(session, parcel.delivery().id(), conclusion.attempt().get());
          }
          forEndpoint(session, parcel.endpoint(), conclusion, locked);
          return true;
        });
  }

  private void forEndpoint(
      Sql.Session session,
      Endpoint seen,
      DeliveryRules.Conclusion conclusion,
      Optional<Endpoint> locked)
      throws SQLException {
    switch (conclusion.endpoint()) {
      case ForEndpoint.Unchanged _ -> {}
      // If somebody was quicker, the next attempt will say it again.
      case ForEndpoint.Feels(Health health) ->
          session.update(
              FEEL,
              health.failingDays(),
              health.dayBegan(),
              seen.id().value(),
              seen.health().failingDays());
      case ForEndpoint.Disable(Endpoint.Reason reason) -> {
        if (locked.filter(now -> now.disabled().isEmpty()).isPresent()) {
          var at = conclusion.attempt().map(a -> a.at().plus(a.took())).orElseThrow();
          var disabled = locked.get().disabledFor(reason, at);
          EndpointRows.save(session, locked.get(), disabled);
          replays.tellOthers(session, disabled);
        }
      }
    }
  }

  @Override
  public Optional<Delivery> find(TenantId tenant, DeliveryId id) {
    return sql.run(session -> DeliveryReplays.find(session, tenant, id));
  }

  @Override
  public List<Delivery> list(Query query) {
    var endpoint = query.endpoint().map(EndpointId::value);
    var state = query.state().map((DeliveryState.Name name) -> EndpointRows.word(name));
    var before = query.before().map(DeliveryId::value);
    return sql.run(
        session ->
            session.list(
                LIST,
                DeliveryRows::delivery,
                query.tenant().value(),
                endpoint,
                endpoint,
                state,
                state,
                before,
                before,
                query.limit()));
  }

  @Override
  public List<DeliveryAttempt> attempts(DeliveryId id) {
    return sql.run(session -> session.list(ATTEMPTS, DeliveryRows::attempt, id.value()));
  }

  @Override
  public Replay replay(TenantId tenant, DeliveryId id) {
    return sql.transaction(session -> replays.replay(session, tenant, id));
  }

  @Override
  public RangeReplay replay(TenantId tenant, EndpointId endpoint, Range range) {
    return sql.transaction(session -> replays.replay(session, tenant, endpoint, range));
  }

  @Override
  public Testing test(TenantId tenant, EndpointId endpoint) {
    return sql.transaction(session -> replays.test(session, tenant, endpoint));
  }

  @Override
  public int forget(Instant endedBefore, int max) {
    return sql.run(session -> session.update(FORGET, endedBefore, max));
  }
}
