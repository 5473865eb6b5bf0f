import dev.reelay.access.IssueKey;
import dev.reelay.access.KeyHasher;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Plan;
import dev.reelay.access.Tenants.Creation;
import dev.reelay.money.Money;
import dev.reelay.store.JdbcAccounts;
import dev.reelay.store.JdbcKeys;
import dev.reelay.store.JdbcTenants;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes API keys for the benchmarks by the relay's own classes and prints one a line: {@code keys
 * COUNT} for the tenant of the declared key, {@code tenants COUNT} with one key and a large balance
 * each. Reads the database's port, its password and the master key from its input, a line each.
 */
void main(String[] arguments) throws IOException {
  var database = new PGSimpleDataSource();
  database.setUrl("jdbc:postgresql://127.0.0.1:" + IO.readln() + "/reelay");
  database.setUser("reelay");
  database.setPassword(IO.readln());
  var clock = InstantSource.system();
  var random = new SecureRandom();
  var tenants = new JdbcTenants(database, clock);
  var accounts = new JdbcAccounts(database, clock);
  var hasher = new KeyHasher(MasterKey.parse(IO.readln()));
  var issue = new IssueKey(new JdbcKeys(database, clock), hasher, random);
  int count = Integer.parseInt(arguments[1]);
  for (int i = 0; i < count; i++) {
    var tenant =
        switch (arguments[0]) {
          case "keys" -> tenants.find(IssueKey.FIRST_TENANT).orElseThrow();
          case "tenants" ->
              ((Creation.Created) tenants.create("bench-" + i, Plan.DEFAULT_NAME)).tenant();
          default -> throw new IllegalArgumentException("keys or tenants, not " + arguments[0]);
        };
    if (arguments[0].equals("tenants")) {
      accounts.topUp(tenant.id(), Money.parse("1000000"), "bench").orElseThrow();
    }
    IO.println(issue.issue(tenant.id(), "bench-" + i, KeyLimits.NONE).secret().reveal());
  }
}
