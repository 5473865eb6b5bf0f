package dev.reelay.store;

import dev.reelay.access.IssueKey;
import dev.reelay.access.KeyHasher;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.KeyPurpose;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Plan;
import dev.reelay.access.Sealer;
import dev.reelay.access.Tenant;
import dev.reelay.access.Tenants.Creation.Created;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TestDatabase;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The store's classes over a fresh database of their own. */
final class StoreKit implements AutoCloseable {
  final TestDatabase database = TestDatabase.fresh();
  final ManualClock clock = new ManualClock();
  final MasterKey master = MasterKey.generate(new SecureRandom());
  final KeyHasher hasher = new KeyHasher(master);
  final Sealer sealer = new Sealer(master.derive(KeyPurpose.CREDENTIALS), new SecureRandom());
  final Sql sql = new Sql(database.dataSource());
  final JdbcTenants tenants = new JdbcTenants(database.dataSource(), clock);
  final JdbcKeys keys = new JdbcKeys(database.dataSource(), clock);
  final JdbcAccounts accounts = new JdbcAccounts(database.dataSource(), clock);
  final JdbcModels models = new JdbcModels(database.dataSource(), clock);
  final JdbcCosts costs = new JdbcCosts(database.dataSource(), clock);
  final JdbcChannels channels = new JdbcChannels(database.dataSource(), sealer, clock);
  final JdbcSandbox sandbox = new JdbcSandbox(database.dataSource(), sealer, clock);
  final JdbcCatalogue catalogue = new JdbcCatalogue(database.dataSource(), clock);
  final IssueKey issueKey = new IssueKey(keys, hasher, new SecureRandom());

  Tenant tenant(String name) {
    return ((Created) tenants.create(name, Plan.DEFAULT_NAME)).tenant();
  }

  IssueKey.Issued key(Tenant tenant) {
    return issueKey.issue(tenant.id(), "a key", KeyLimits.NONE);
  }

  /** One number from a statement. */
  long number(String query) {
    return sql.run(session -> session.one(query, row -> row.getLong(1)));
  }

  List<String> texts(String query) {
    return sql.run(session -> session.list(query, StoreKit::firstColumn));
  }

  void execute(String statement, Object... parameters) {
    sql.run(session -> session.update(statement, parameters));
  }

  private static String firstColumn(ResultSet row) throws SQLException {
    return row.getString(1);
  }

  @Override
  public void close() {
    database.close();
  }
}
