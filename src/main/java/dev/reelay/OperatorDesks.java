package dev.reelay;

import dev.reelay.access.IssueKey;
import dev.reelay.access.KeyHasher;
import dev.reelay.access.KeyPurpose;
import dev.reelay.access.MasterKey;
import dev.reelay.access.RotateKey;
import dev.reelay.access.Sealer;
import dev.reelay.cli.Desk;
import dev.reelay.cli.Desks;
import dev.reelay.config.Config;
import dev.reelay.config.MasterKeyFile.UnusableMasterKeyFile;
import dev.reelay.provider.Providers;
import dev.reelay.routing.CatalogueSource;
import dev.reelay.store.Change;
import dev.reelay.store.ChangeNotifier;
import dev.reelay.store.DataDirectoryException;
import dev.reelay.store.DatabaseRefused;
import dev.reelay.store.JdbcAccounts;
import dev.reelay.store.JdbcCatalogue;
import dev.reelay.store.JdbcChannelProxies;
import dev.reelay.store.JdbcChannels;
import dev.reelay.store.JdbcCosts;
import dev.reelay.store.JdbcDoubts;
import dev.reelay.store.JdbcHealthBoard;
import dev.reelay.store.JdbcKeys;
import dev.reelay.store.JdbcMargins;
import dev.reelay.store.JdbcModels;
import dev.reelay.store.JdbcNodeStore;
import dev.reelay.store.JdbcReconcile;
import dev.reelay.store.JdbcRefunds;
import dev.reelay.store.JdbcServerFacts;
import dev.reelay.store.JdbcTaskStore;
import dev.reelay.store.JdbcTenants;
import dev.reelay.store.StoreUnavailable;
import dev.reelay.store.embedded.EmbeddedPostgresException;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Task;
import dev.reelay.task.TaskListener;
import dev.reelay.webhook.RotateSecret;
import dev.reelay.webhook.SigningSecret;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Wires the operator's use cases over the database of a configuration. */
final class OperatorDesks implements Desks {
  /** The fence of no relay, so that all of them are counted. */
  private static final long NO_FENCE = 0;

  private static final int CAUSES_MAX = 10;

  /** How our HTTP server begins its own message. */
  private static final String CANNOT_LISTEN = "cannot listen on";

  private final InstantSource clock;
  private final SecureRandom random;

  OperatorDesks(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Desk open(Config config) {
    var opened = OperatorDatabase.open(config, random);
    return over(opened.database().source(), opened.masterKey(), opened::close);
  }

  @Override
  public Optional<String> trouble(RuntimeException thrown) {
    return switch (thrown) {
      case StoreUnavailable _,
          DatabaseRefused _,
          DataDirectoryException _,
          EmbeddedPostgresException _,
          UnusableMasterKeyFile _,
          Installation.StartRefused _ ->
          Optional.of(String.valueOf(thrown.getMessage()).lines().findFirst().orElse(""));
      default -> cannotListen(thrown);
    };
  }

  /** A server says in its own way that its address is taken; the cause says why. */
  private static Optional<String> cannotListen(Throwable thrown) {
    var cause = Optional.of(thrown);
    for (var depth = 0; depth < CAUSES_MAX && cause.isPresent(); depth++) {
      if (cause.get() instanceof BindException e) {
        return Optional.of(
            "cannot listen: " + e.getMessage() + "; choose another REELAY_PORT or REELAY_BIND");
      }
      cause = Optional.ofNullable(cause.get().getCause());
    }
    var said = Optional.ofNullable(thrown.getMessage()).orElse("");
    return said.startsWith(CANNOT_LISTEN)
        ? Optional.of(said + "; is it taken? choose another REELAY_PORT or REELAY_BIND")
        : Optional.empty();
  }

  /** The desk over an open database; {@code giveBack} runs after the last word was sent. */
  Desk over(DataSource source, MasterKey masterKey, Runnable giveBack) {
    var notifier = ChangeNotifier.start(source, () -> true, "command-" + random.nextLong());
    var keys = new JdbcKeys(source, clock);
    var hasher = new KeyHasher(masterKey);
    var sealer = new Sealer(masterKey.derive(KeyPurpose.CREDENTIALS), random);
    var people =
        new Desk.People(
            new JdbcTenants(source, clock),
            new JdbcAccounts(source, clock),
            keys,
            new IssueKey(keys, hasher, random),
            new RotateKey(keys, hasher, random, clock));
    var offer =
        new Desk.Offer(
            new JdbcModels(source, clock),
            new JdbcCosts(source, clock),
            new JdbcCatalogue(source, clock),
            new JdbcChannels(source, sealer, clock),
            new JdbcChannelProxies(source, sealer),
            new JdbcHealthBoard(source),
            adapters(new JdbcCatalogue(source, clock)));
    var tasks = new JdbcTaskStore(source);
    var work =
        new Desk.Work(
            tasks,
            new JdbcDoubts(source),
            new AdvanceTask(tasks, new Announcer(notifier), clock),
            new JdbcRefunds(source, clock),
            new JdbcMargins(source),
            new JdbcReconcile(source)::facts);
    return new Desk(
        people,
        offer,
        work,
        hooks(source, masterKey),
        () -> facts(source),
        () -> {
          notifier.close();
          giveBack.run();
        });
  }

  /** What adapters declare of themselves. */
  private static Desk.Adapters adapters(CatalogueSource source) {
    var providers = Providers.all();
    return new Desk.Adapters(
        id -> source.load().channel(id).map(providers::lacks).orElse(Set.of()),
        name -> providers.find(name).filter(found -> found.signing().takesSecret()).isPresent());
  }

  private Desk.Hooks hooks(DataSource source, MasterKey masterKey) {
    var stores = Stores.Hooks.over(source, masterKey, clock, random);
    return new Desk.Hooks(
        stores.endpoints(),
        stores.deliveries(),
        new RotateSecret(stores.endpoints(), clock, random),
        () -> SigningSecret.generate(random));
  }

  private static Desk.DatabaseFacts facts(DataSource source) {
    var server = new JdbcServerFacts(source).read();
    var relays = new JdbcNodeStore(source).othersAlive(NO_FENCE);
    return new Desk.DatabaseFacts(server.version(), server.now(), relays);
  }

  /** Tells running relays of the tasks that a command moved. */
  private record Announcer(ChangeNotifier notifier) implements TaskListener {
    @Override
    public void committed(Task task) {
      notifier.announce(new Change.OfTask(task.id()));
    }

    @Override
    public void progressed(Task task) {
      // A command knows of no progress between commits.
    }
  }
}
