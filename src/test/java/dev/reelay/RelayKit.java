package dev.reelay;

import dev.reelay.access.IssueKey;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.KeyScope;
import dev.reelay.access.Plan;
import dev.reelay.access.Tenant;
import dev.reelay.access.Tenants.Creation.Created;
import dev.reelay.cli.Desk;
import dev.reelay.config.Config;
import dev.reelay.config.ConfigReader;
import dev.reelay.config.ConfigResult;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.SandboxCatalogue;
import dev.reelay.store.JdbcModels;
import dev.reelay.store.JdbcTenants;
import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.QuickFolder;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.TestDatabase;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A whole relay with its sandbox in this process, over a real database and real sockets. */
final class RelayKit implements AutoCloseable {
  private final SecureRandom random = new SecureRandom();
  private final TestDatabase database = TestDatabase.fresh();
  private final QuickFolder folder = QuickFolder.make();
  private final InstantSource clock;
  private final Config config;
  private final Relay relay;

  RelayKit() {
    this(Map.of());
  }

  /** One with these settings beside the usual ones. */
  RelayKit(Map<String, String> more) {
    this(more, InstantSource.system());
  }

  /** The same that goes by this clock; leases go by the database's. */
  RelayKit(Map<String, String> more, InstantSource clock) {
    this.clock = clock;
    var variables =
        new HashMap<>(
            Map.of(
                "REELAY_DATA_DIR", folder.path().resolve("data").toString(),
                "REELAY_DATABASE_URL", database.address(),
                "REELAY_PORT", "0",
                "REELAY_SANDBOX", "true",
                "REELAY_LIMITS_MIN_FREE_BYTES", "1MiB"));
    variables.putAll(more);
    config =
        switch (new ConfigReader(variables, folder.path()).read()) {
          case ConfigResult.Loaded loaded -> loaded.config();
          case ConfigResult.Refused(var problems) -> throw new AssertionError(problems);
        };
    relay = Relay.start(config, clock, random);
  }

  /** What an operator's command line works at while the relay runs. */
  Desk desk() {
    return new OperatorDesks(clock, random).open(config);
  }

  /** A tenant of this plan with a balance. */
  Tenant tenant(String name, String plan, String balance) {
    var tenants = new JdbcTenants(database.dataSource(), clock);
    var tenant = ((Created) tenants.create(name, plan)).tenant();
    relay.stores().accounts().topUp(tenant.id(), Money.parse(balance), "for a test");
    return tenant;
  }

  Tenant tenant(String name, String balance) {
    return tenant(name, Plan.DEFAULT_NAME, balance);
  }

  JdbcTenants tenants() {
    return new JdbcTenants(database.dataSource(), clock);
  }

  /** A client with a new key of the tenant. */
  RelayClient client(Tenant tenant, KeyLimits limits) {
    return new RelayClient(address(), key(tenant, limits));
  }

  /** A new key of the tenant. */
  String key(Tenant tenant, KeyLimits limits) {
    var stores = relay.stores();
    var issued = new IssueKey(stores.keys(), stores.hasher(), random);
    return issued.issue(tenant.id(), "a key", limits).secret().reveal();
  }

  /** A new key of the tenant that may ask for one model only. */
  String keyFor(Tenant tenant, String model) {
    var stores = relay.stores();
    var issued =
        new IssueKey(stores.keys(), stores.hasher(), random)
            .issue(tenant.id(), "a key", KeyLimits.NONE);
    stores.keys().setScope(issued.key().id(), new KeyScope(Set.of(model), List.of()));
    return issued.secret().reveal();
  }

  /** A model that is known here and that no channel makes. */
  void addUnservedModel(String name) {
    var like = SandboxCatalogue.models().getFirst();
    new JdbcModels(database.dataSource(), clock)
        .save(new Model(new ModelName(name), like.capability()));
    relay.stores().catalogue().reload();
  }

  /** From the next request on the model costs this. */
  void setPrice(ModelName model, Price price) {
    new JdbcModels(database.dataSource(), clock).setPrice(model, price);
    relay.stores().catalogue().reload();
  }

  URI address() {
    return relay.address();
  }

  DatabaseView database() {
    return new DatabaseView(database.dataSource());
  }

  @Override
  public void close() {
    relay.close();
    database.close();
    folder.close();
  }
}
