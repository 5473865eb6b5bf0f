package dev.reelay.store;

import dev.reelay.access.ApiKey;
import dev.reelay.access.Caller;
import dev.reelay.access.KeyHash;
import dev.reelay.access.KeyId;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.Keys;
import dev.reelay.access.Plan;
import dev.reelay.access.TenantId;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** API keys in PostgreSQL, by their keyed hashes. */
public final class JdbcKeys implements Keys {
  private static final String FIND =
      "select k.*, "
          + AccessRows.TENANT_COLUMNS
          + " from api_key k join tenant t on t.id = k.tenant_id"
          + " join plan p on p.id = t.plan_id where k.hash = ?";

  private static final String DECLARED = "select hash from api_key where declared";

  private static final String INSERT =
      """
      insert into api_key (tenant_id, name, hash, display, expires_at, spend_limit,
        open_tasks_max, declared, created_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (hash) do nothing returning *""";

  /** Holds back a second node that starts at the same time until the first one is done. */
  private static final String CLAIM_FIRST =
      """
      insert into setting (name, value)
      select 'first_key', ? where not exists (select 1 from api_key)
      on conflict (name) do nothing""";

  private static final String SHOW = "select * from api_key where id = ?";

  private static final String LIST =
      "select * from api_key where ?::bigint is null or tenant_id = ? order by id";

  private static final String REVOKE =
      "update api_key set revoked_at = ? where id = ? and revoked_at is null";

  private static final String SET_LIMITS =
      """
      update api_key set expires_at = ?, spend_limit = ?, open_tasks_max = ? where id = ?""";

  private final Sql sql;
  private final InstantSource clock;
  private final JdbcAccounts accounts;

  public JdbcKeys(DataSource source, InstantSource clock) {
    this.sql = new Sql(source);
    this.clock = clock;
    this.accounts = new JdbcAccounts(source, clock);
  }

  @Override
  public Optional<Caller> find(KeyHash hash) {
    return sql.run(
        session ->
            session.first(
                FIND,
                row -> new Caller(AccessRows.key(row), AccessRows.tenant(row)),
                hash.toBytes()));
  }

  @Override
  public Set<KeyHash> declaredHashes() {
    return sql.run(
        session ->
            new HashSet<>(session.list(DECLARED, row -> KeyHash.fromBytes(row.getBytes("hash")))));
  }

  @Override
  public ApiKey add(NewKey key) {
    return sql.transaction(
        session ->
            insert(session, key, false)
                .orElseThrow(() -> new StoreBroken("a new random key is stored already")));
  }

  @Override
  public Optional<ApiKey> declare(String tenantName, Declaration declaration) {
    return sql.transaction(session -> withMoney(session, tenantName, declaration));
  }

  @Override
  public Optional<ApiKey> addFirst(String tenantName, Declaration declaration) {
    return sql.transaction(
        session ->
            session.update(CLAIM_FIRST, clock.instant().toString()) == 1
                ? withMoney(session, tenantName, declaration)
                : Optional.empty());
  }

  @Override
  public Optional<Usage> show(KeyId id) {
    return sql.run(session -> session.first(SHOW, JdbcKeys::usage, id.value()));
  }

  @Override
  public List<Usage> list(Optional<TenantId> tenant) {
    var id = tenant.map(TenantId::value);
    return sql.run(session -> session.list(LIST, JdbcKeys::usage, id, id));
  }

  @Override
  public boolean revoke(KeyId id) {
    return change(REVOKE, clock.instant(), id.value());
  }

  @Override
  public boolean setLimits(KeyId id, KeyLimits limits) {
    return change(
        SET_LIMITS,
        limits.expiresAt(),
        limits.spendLimit().map(Money::micros),
        limits.openTasksMax(),
        id.value());
  }

  private boolean change(String statement, Object... parameters) {
    return sql.transaction(
        session -> {
          var changed = session.update(statement, parameters) == 1;
          Signals.keys(session);
          return changed;
        });
  }

  /** The row of the key is the guard: whoever inserts it, and nobody else, moves the money. */
  private Optional<ApiKey> withMoney(
      Sql.Session session, String tenantName, Declaration declaration) throws SQLException {
    JdbcTenants.insert(session, tenantName, Plan.DEFAULT_NAME, clock.instant());
    var tenant =
        JdbcTenants.named(session, tenantName)
            .orElseThrow(() -> new StoreBroken("no tenant, and no default plan for a new one"))
            .id();
    var key =
        new NewKey(
            tenant, declaration.name(), declaration.hash(), declaration.hint(), KeyLimits.NONE);
    var stored = insert(session, key, declaration.declared());
    if (stored.isPresent() && declaration.balance().isPositive()) {
      var entry =
          LedgerEntry.topUp(declaration.balance(), "came with key " + stored.get().id().value());
      if (!accounts.addMoney(session, tenant, entry)) {
        throw new StoreBroken("tenant without an account: " + tenant);
      }
    }
    return stored;
  }

  private Optional<ApiKey> insert(Sql.Session session, NewKey key, boolean declared)
      throws SQLException {
    var limits = key.limits();
    var stored =
        session.first(
            INSERT,
            AccessRows::key,
            key.tenant().value(),
            key.name(),
            key.hash().toBytes(),
            key.hint().toString(),
            limits.expiresAt(),
            limits.spendLimit().map(Money::micros),
            limits.openTasksMax(),
            declared,
            clock.instant());
    Signals.keys(session);
    return stored;
  }

  private static Usage usage(ResultSet row) throws SQLException {
    return new Usage(
        AccessRows.key(row), Money.ofMicros(row.getLong("spent")), Sql.instant(row, "created_at"));
  }
}
