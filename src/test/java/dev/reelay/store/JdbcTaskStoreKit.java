package dev.reelay.store;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.asset.AssetId;
import dev.reelay.money.Balance;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.NodeStore;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.testkit.TaskStoreKit;
import dev.reelay.testkit.TestDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The stores on PostgreSQL as the suite sees them, with rows put in and looked at by plain SQL. */
final class JdbcTaskStoreKit implements TaskStoreKit {
  private static final int CONNECTIONS_USUAL = 16;

  private final TestDatabase database;
  private final DataSource source;
  private final Sql sql;
  private final AtomicInteger names = new AtomicInteger();

  private JdbcTaskStoreKit(TestDatabase database) {
    this.database = database;
    this.source = database.dataSource();
    this.sql = new Sql(source);
  }

  /** A database of its own. */
  static JdbcTaskStoreKit fresh() {
    return fresh(CONNECTIONS_USUAL);
  }

  static JdbcTaskStoreKit fresh(int connectionsMax) {
    return new JdbcTaskStoreKit(TestDatabase.fresh(connectionsMax));
  }

  DataSource source() {
    return source;
  }

  Sql sql() {
    return sql;
  }

  @Override
  public void close() {
    database.close();
  }

  @Override
  public TaskStore tasks() {
    return new JdbcTaskStore(source);
  }

  @Override
  public NodeStore nodes() {
    return new JdbcNodeStore(source);
  }

  @Override
  public TenantId tenant(Money available) {
    return sql.transaction(
        session -> {
          var tenant =
              new TenantId(
                  session.one(
                      """
                      insert into tenant (name, plan_id, created_at)
                      values (?, (select id from plan where name = 'default'), ?) returning id\
                      """,
                      row -> row.getLong("id"),
                      "tenant " + names.incrementAndGet(),
                      TaskSamples.NOON));
          session.updateOne(
              "insert into account (tenant_id, available) values (?, ?)",
              tenant.value(),
              available.micros());
          if (available.isPositive()) {
            var entry = LedgerEntry.topUp(available, "for a test");
            LedgerLines.insert(session, tenant, Optional.empty(), entry, TaskSamples.NOON);
          }
          return tenant;
        });
  }

  @Override
  public KeyId key(TenantId tenant, Optional<Money> spendLimit) {
    return sql.run(
        session ->
            session.one(
                """
                insert into api_key (tenant_id, name, hash, display, spend_limit, created_at)
                values (?, 'a key', sha256(?::bytea), 'rk_', ?, ?) returning id\
                """,
                row -> new KeyId(row.getLong("id")),
                tenant.value(),
                "key " + names.incrementAndGet(),
                spendLimit.map(Money::micros),
                TaskSamples.NOON));
  }

  /** Both get the number of the channel, as samples of attempts have it. */
  @Override
  public ChannelId channel() {
    return sql.transaction(
        session -> {
          var id =
              session.one(
                  """
                  insert into channel (name, provider, base_url, calls_at_once_max,
                    polls_per_minute, created_at)
                  values (?, 'sandbox', 'http://127.0.0.1', 1, 1, ?) returning id\
                  """,
                  row -> row.getLong("id"),
                  "channel " + names.incrementAndGet(),
                  TaskSamples.NOON);
          session.updateOne(
              """
              insert into credential (id, channel_id, name, sealed, version, created_at)
              overriding system value values (?, ?, 'main', 'sealed', 1, ?)\
              """,
              id,
              id,
              TaskSamples.NOON);
          return new ChannelId(id);
        });
  }

  @Override
  public Balance balance(TenantId tenant) {
    return sql.run(
        session ->
            session.one(
                "select available, held, charged from account where tenant_id = ?",
                row ->
                    new Balance(money(row, "available"), money(row, "held"), money(row, "charged")),
                tenant.value()));
  }

  @Override
  public int openTasks(TenantId tenant) {
    return sql.run(
        session ->
            session.one(
                "select open_tasks from account where tenant_id = ?",
                row -> row.getInt("open_tasks"),
                tenant.value()));
  }

  @Override
  public Money spent(KeyId key) {
    return sql.run(
        session ->
            session.one(
                "select spent from api_key where id = ?", row -> money(row, "spent"), key.value()));
  }

  @Override
  public List<LedgerEntry> ledger(TaskId task) {
    return sql.run(
        session ->
            session.list(
                """
                select kind, amount, closes, reason from ledger_entry
                where task_id = ? order by id\
                """,
                row ->
                    new LedgerEntry(
                        EntryKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        money(row, "amount"),
                        row.getBoolean("closes"),
                        row.getString("reason")),
                task.value()));
  }

  @Override
  public List<String> outbox(TaskId task) {
    return texts("select type as text from event where task_id = ? order by id", task);
  }

  @Override
  public List<AssetId> assets(TaskId task) {
    return texts("select id as text from asset where task_id = ? order by id", task).stream()
        .map(AssetId::new)
        .toList();
  }

  @Override
  public List<AssetId> liveAssets(TaskId task, Instant at) {
    return sql.run(
        session ->
            session.list(
                "select id from asset where task_id = ? and expires_at > ? order by id",
                row -> new AssetId(row.getString("id")),
                task.value(),
                at));
  }

  private List<String> texts(String select, TaskId task) {
    return sql.run(session -> session.list(select, row -> row.getString("text"), task.value()));
  }

  @Override
  public void endLease(String node) {
    sql.run(
        session ->
            session.update(
                "update node set lease_until = now() - interval '1 s' where name = ?", node));
  }

  @Override
  public Reconcile.Facts facts() {
    return new JdbcReconcile(source).facts();
  }

  private static Money money(ResultSet row, String column) throws SQLException {
    return new Money(row.getLong(column));
  }
}
