package dev.reelay;

import dev.reelay.access.KeyHasher;
import dev.reelay.access.KeyPurpose;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Sealer;
import dev.reelay.config.Config;
import dev.reelay.store.CachedKeys;
import dev.reelay.store.CachedProxies;
import dev.reelay.store.CachedVault;
import dev.reelay.store.CatalogueCache;
import dev.reelay.store.DiskAssetFiles;
import dev.reelay.store.JdbcAccounts;
import dev.reelay.store.JdbcAssets;
import dev.reelay.store.JdbcCatalogue;
import dev.reelay.store.JdbcChannelProxies;
import dev.reelay.store.JdbcDeliveries;
import dev.reelay.store.JdbcDoubts;
import dev.reelay.store.JdbcEndpoints;
import dev.reelay.store.JdbcEventFeed;
import dev.reelay.store.JdbcIdempotencyStore;
import dev.reelay.store.JdbcKeys;
import dev.reelay.store.JdbcNodeStore;
import dev.reelay.store.JdbcSandbox;
import dev.reelay.store.JdbcTaskStore;
import dev.reelay.store.JdbcTenants;
import dev.reelay.store.JdbcUploads;
import dev.reelay.store.PlanCache;
import java.security.SecureRandom;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Every adapter to the database and the disk that a server needs, opened once. */
record Stores(
    JdbcTaskStore tasks,
    JdbcDoubts doubts,
    JdbcIdempotencyStore idempotency,
    JdbcNodeStore nodes,
    JdbcKeys keys,
    KeyHasher hasher,
    JdbcTenants tenants,
    CachedKeys keyDirectory,
    JdbcAccounts accounts,
    CatalogueCache catalogue,
    PlanCache plans,
    CachedVault vault,
    CachedProxies proxies,
    JdbcSandbox sandbox,
    JdbcAssets assets,
    JdbcUploads uploads,
    Hooks hooks,
    DiskAssetFiles files,
    DiskAssetFiles inputs) {
  /** Below the results, so that nodes which share those share these. */
  private static final String INPUTS = "inputs";

  /** Who is told of events, and what they were told. */
  record Hooks(JdbcEndpoints endpoints, JdbcDeliveries deliveries, JdbcEventFeed feed) {
    static Hooks over(
        DataSource source, MasterKey masterKey, InstantSource clock, SecureRandom random) {
      var sealer = new Sealer(masterKey.derive(KeyPurpose.WEBHOOK_SECRETS), random);
      return new Hooks(
          new JdbcEndpoints(source, sealer, clock, random),
          new JdbcDeliveries(source, sealer, clock, random),
          new JdbcEventFeed(source));
    }
  }

  static Stores open(
      Installation installation,
      String node,
      Config config,
      InstantSource clock,
      SecureRandom random) {
    var source = installation.database().source();
    var masterKey = installation.masterKey();
    var sealer = new Sealer(masterKey.derive(KeyPurpose.CREDENTIALS), random);
    var keys = new JdbcKeys(source, clock);
    var tenants = new JdbcTenants(source, clock);
    var hasher = new KeyHasher(masterKey);
    var results = config.results();
    var inputs = results.folder().resolve(INPUTS);
    return new Stores(
        new JdbcTaskStore(source),
        new JdbcDoubts(source),
        new JdbcIdempotencyStore(source),
        new JdbcNodeStore(source),
        keys,
        hasher,
        tenants,
        CachedKeys.open(keys, hasher, clock),
        new JdbcAccounts(source, clock),
        CatalogueCache.open(new JdbcCatalogue(source, clock)),
        PlanCache.open(tenants::plans),
        new CachedVault(source, sealer),
        new CachedProxies(new JdbcChannelProxies(source, sealer)),
        new JdbcSandbox(source, sealer, clock),
        new JdbcAssets(source),
        new JdbcUploads(source),
        Hooks.over(source, masterKey, clock, random),
        DiskAssetFiles.open(results.folder(), node, results.minFreeBytes()),
        DiskAssetFiles.open(inputs, node, results.minFreeBytes()));
  }
}
