package dev.reelay.store;

import dev.reelay.access.AddressRange;
import dev.reelay.access.ApiKey;
import dev.reelay.access.Caller;
import dev.reelay.access.KeyHash;
import dev.reelay.access.KeyId;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.KeyScope;
import dev.reelay.access.Keys;
import dev.reelay.access.Plan;
import dev.reelay.access.RequestRates;
import dev.reelay.access.TenantId;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

  private static final String SET_SCOPE =
      "update api_key set models = ?, addresses = ? where id = ?";

  /** The row is left alone, and nobody is told, where nothing would change. */
  private static final String SET_DECLARED_RATES =
      """
      update api_key set create_per_minute = ?, query_per_minute = ?
      where hash = ? and declared
        and (create_per_minute, query_per_minute) is distinct from (?::int, ?::int)""";

  private static final String IS_DECLARED = "select 1 from api_key where hash = ? and declared";

  private static final String LOCK = "select * from api_key where id = ? for update";

  /** What the old key may still spend is all that the new one may. */
  private static final String SUCCEED =
      """
      insert into api_key (tenant_id, name, hash, display, expires_at, spend_limit,
        open_tasks_max, models, addresses, rotated_from, created_at)
      select tenant_id, name, ?, ?, expires_at, greatest(spend_limit - spent, 0),
        open_tasks_max, models, addresses, id, ?
      from api_key where id = ?
      returning *""";

  private static final String END_AT =
      "update api_key set expires_at = least(expires_at, ?) where id = ? returning *";

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

  @Override
  public boolean setScope(KeyId id, KeyScope scope) {
    return change(
        SET_SCOPE,
        scope.models().stream().sorted().toArray(String[]::new),
        scope.addresses().stream().map(AddressRange::toString).toArray(String[]::new),
        id.value());
  }

  @Override
  public boolean setDeclaredRates(KeyHash hash, RequestRates rates) {
    var create = rates.createPerMinute();
    var query = rates.queryPerMinute();
    return sql.transaction(
        session -> {
          var bytes = hash.toBytes();
          if (session.update(SET_DECLARED_RATES, create, query, bytes, create, query) == 1) {
            Signals.keys(session);
            return true;
          }
          return session.first(IS_DECLARED, _ -> true, (Object) bytes).isPresent();
        });
  }

  @Override
  public Rotation rotate(KeyId id, Successor next, Instant oldEnds) {
    return sql.transaction(
        session -> {
          var old = session.first(LOCK, AccessRows::key, id.value());
          if (old.isEmpty()) {
            return new Rotation.Missing();
          }
          if (old.get().declared()) {
            return new Rotation.Declared();
          }
          var ended = old.get().refusal(clock.instant());
          return ended.isPresent()
              ? new Rotation.Ended(ended.get())
              : succeeded(session, id, next, oldEnds);
        });
  }

  private Rotation succeeded(Sql.Session session, KeyId id, Successor next, Instant oldEnds)
      throws SQLException {
    var hash = next.hash().toBytes();
    var hint = next.hint().toString();
    var key = session.one(SUCCEED, AccessRows::key, hash, hint, clock.instant(), id.value());
    var old = session.one(END_AT, AccessRows::key, oldEnds, id.value());
    Signals.keys(session);
    return new Rotation.Done(key, old);
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
