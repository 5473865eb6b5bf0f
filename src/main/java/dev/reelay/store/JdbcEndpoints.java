package dev.reelay.store;

import dev.reelay.access.Sealer;
import dev.reelay.access.TenantId;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Endpoint.Target;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.Endpoints;
import dev.reelay.webhook.Health;
import dev.reelay.webhook.SigningSecret;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** Endpoints in PostgreSQL, their secrets sealed. */
public final class JdbcEndpoints implements Endpoints {
  /** The tenant's tasks are created meanwhile. */
  private static final String LOCK_TENANT = "select id from tenant where id = ? for no key update";

  private static final String COUNT =
      "select count(*) as many from endpoint where tenant_id = ? and url is not null";

  private static final String FIND = "select * from endpoint where id = ?";

  private static final String PER_REQUEST =
      "select * from endpoint where tenant_id = ? and url is null";

  private static final String LIST =
      "select * from endpoint where (?::bigint is null or tenant_id = ?) order by tenant_id, id";

  private static final String REMOVE =
      "delete from endpoint where id = ? and tenant_id = ? and url is not null";

  private final Sql sql;
  private final EndpointRows rows;
  private final InstantSource clock;
  private final TimeOrderedIds ids;
  private final RandomGenerator random;

  /**
   * @param random makes the secrets that nobody asked for, so it must be a secure one
   */
  public JdbcEndpoints(
      DataSource source, Sealer sealer, InstantSource clock, RandomGenerator random) {
    this.sql = new Sql(source);
    this.rows = new EndpointRows(sealer);
    this.clock = clock;
    this.ids = new TimeOrderedIds(clock, random);
    this.random = random;
  }

  @Override
  public Addition add(NewEndpoint added) {
    var endpoint =
        new Endpoint(
            new EndpointId(ids.text()),
            added.tenant(),
            new Target.Address(added.url()),
            added.wishes(),
            Health.GOOD,
            Optional.empty(),
            clock.instant());
    return sql.transaction(
        session -> {
          // Two calls at once must not both be the last that is allowed.
          session.one(LOCK_TENANT, row -> row.getLong("id"), added.tenant().value());
          var many = session.one(COUNT, row -> row.getInt("many"), added.tenant().value());
          if (many >= Endpoint.PER_TENANT_MAX) {
            return new Addition.TooMany();
          }
          rows.insert(session, endpoint, added.secret());
          return new Addition.Added(endpoint);
        });
  }

  @Override
  public Optional<Endpoint> find(TenantId tenant, EndpointId id) {
    return find(id).filter(endpoint -> endpoint.tenant().equals(tenant));
  }

  @Override
  public Optional<Endpoint> find(EndpointId id) {
    return sql.run(session -> session.first(FIND, EndpointRows::endpoint, id.value()));
  }

  @Override
  public List<Endpoint> list(Optional<TenantId> tenant) {
    var owner = tenant.map(TenantId::value);
    return sql.run(session -> session.list(LIST, EndpointRows::endpoint, owner, owner));
  }

  @Override
  public Endpoint perRequest(TenantId tenant) {
    return sql.transaction(session -> perRequest(session, tenant));
  }

  /** Found or made: whoever comes second takes what the first has made. */
  Endpoint perRequest(Sql.Session session, TenantId tenant) throws SQLException {
    var found = session.first(PER_REQUEST, EndpointRows::endpoint, tenant.value());
    if (found.isPresent()) {
      return found.get();
    }
    var made = EndpointRows.perRequest(new EndpointId(ids.text()), tenant, clock.instant());
    rows.insert(session, made, SigningSecret.generate(random));
    return session.one(PER_REQUEST, EndpointRows::endpoint, tenant.value());
  }

  @Override
  public Optional<Endpoint> update(TenantId tenant, EndpointId id, UnaryOperator<Endpoint> change) {
    return sql.transaction(
        session -> {
          var before = owned(session, tenant, id);
          if (before.isEmpty()) {
            return before;
          }
          var after = change.apply(before.get());
          EndpointRows.save(session, before.get(), after);
          return Optional.of(after);
        });
  }

  private static Optional<Endpoint> owned(Sql.Session session, TenantId tenant, EndpointId id)
      throws SQLException {
    return EndpointRows.lock(session, id).filter(found -> found.tenant().equals(tenant));
  }

  @Override
  public boolean remove(TenantId tenant, EndpointId id) {
    return sql.run(session -> session.update(REMOVE, id.value(), tenant.value())) == 1;
  }

  @Override
  public boolean rotate(TenantId tenant, EndpointId id, SigningSecret next, Instant othersEnd) {
    return sql.transaction(
        session -> {
          if (owned(session, tenant, id).isEmpty()) {
            return false;
          }
          rows.rotate(session, id, next, SECRETS_MAX - 1, clock.instant(), othersEnd);
          return true;
        });
  }
}
