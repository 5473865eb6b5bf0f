package dev.reelay.store;

import dev.reelay.access.Plan;
import dev.reelay.access.RequestRates;
import dev.reelay.access.Tenant;
import dev.reelay.access.TenantId;
import dev.reelay.access.Tenants;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;

/** Tenants and plans in PostgreSQL. */
public final class JdbcTenants implements Tenants {
  private static final String INSERT =
      """
      insert into tenant (name, plan_id, created_at)
      select ?, id, ? from plan where name = ?
      on conflict (name) do nothing returning id\
      """;

  private static final String INSERT_ACCOUNT = "insert into account (tenant_id) values (?)";

  private static final String SELECT =
      "select "
          + AccessRows.TENANT_COLUMNS
          + " from tenant t join plan p on p.id = t.plan_id"
          + " where (?::bigint is null or t.id = ?) and (?::text is null or t.name = ?)"
          + " order by t.id";

  private static final String SET_PLAN =
      "update tenant set plan_id = p.id from plan p where tenant.id = ? and p.name = ?";

  private static final String SET_FACTOR = "update tenant set factor_millionths = ? where id = ?";

  private static final String PLAN_COLUMNS =
      """
      id as plan_id, name as plan_name, open_tasks_max as plan_open_tasks_max,
      factor_millionths, create_per_minute as plan_create_per_minute,
      query_per_minute as plan_query_per_minute\
      """;

  private static final String PLANS = "select " + PLAN_COLUMNS + " from plan order by id";

  private static final String SAVE_PLAN =
      """
      insert into plan (name, open_tasks_max, factor_millionths) values (?, ?, ?)
      on conflict (name) do update
      set open_tasks_max = excluded.open_tasks_max, factor_millionths = excluded.factor_millionths
      returning
      """
          + PLAN_COLUMNS;

  private static final String SET_RATES =
      "update plan set create_per_minute = ?, query_per_minute = ? where name = ?";

  private final Sql sql;
  private final InstantSource clock;

  public JdbcTenants(DataSource source, InstantSource clock) {
    this.sql = new Sql(source);
    this.clock = clock;
  }

  @Override
  public Creation create(String name, String planName) {
    return sql.transaction(
        session -> {
          var id = insert(session, name, planName, clock.instant());
          if (id.isPresent()) {
            return new Creation.Created(named(session, name).orElseThrow());
          }
          return named(session, name).isPresent()
              ? new Creation.NameTaken()
              : new Creation.UnknownPlan();
        });
  }

  /** Makes a tenant and its account; empty if the name is taken or there is no such plan. */
  static Optional<Long> insert(Sql.Session session, String name, String planName, Instant now)
      throws SQLException {
    var id = session.first(INSERT, row -> row.getLong("id"), name, now, planName);
    if (id.isPresent()) {
      session.updateOne(INSERT_ACCOUNT, id.get());
    }
    return id;
  }

  static Optional<Tenant> named(Sql.Session session, String name) throws SQLException {
    return session.first(
        SELECT, AccessRows::tenant, Optional.empty(), Optional.empty(), name, name);
  }

  @Override
  public Optional<Tenant> find(TenantId id) {
    var none = Optional.empty();
    return sql.run(
        session -> session.first(SELECT, AccessRows::tenant, id.value(), id.value(), none, none));
  }

  @Override
  public Optional<Tenant> find(String name) {
    return sql.run(session -> named(session, name));
  }

  @Override
  public List<Tenant> list() {
    var none = Optional.empty();
    return sql.run(session -> session.list(SELECT, AccessRows::tenant, none, none, none, none));
  }

  @Override
  public boolean setPlan(TenantId id, String planName) {
    return sql.transaction(
        session -> {
          Signals.keys(session);
          return session.update(SET_PLAN, id.value(), planName) == 1;
        });
  }

  @Override
  public boolean setFactor(TenantId id, long factorMillionths) {
    return sql.transaction(
        session -> {
          Signals.keys(session);
          return session.update(SET_FACTOR, factorMillionths, id.value()) == 1;
        });
  }

  @Override
  public List<Plan> plans() {
    return sql.run(session -> session.list(PLANS, AccessRows::plan));
  }

  @Override
  public Plan savePlan(String name, OptionalInt openTasksMax, long factorMillionths) {
    return sql.transaction(
        session -> {
          Signals.keys(session);
          return session.one(SAVE_PLAN, AccessRows::plan, name, openTasksMax, factorMillionths);
        });
  }

  @Override
  public boolean setRates(String planName, RequestRates rates) {
    return sql.transaction(
        session -> {
          Signals.keys(session);
          return session.update(
                  SET_RATES, rates.createPerMinute(), rates.queryPerMinute(), planName)
              == 1;
        });
  }
}
