package dev.reelay;

import dev.reelay.access.DeclareKey;
import dev.reelay.access.ResultSignature;
import dev.reelay.access.Secret;
import dev.reelay.asset.AssetAddresses;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.config.Config;
import dev.reelay.http.ViewCache;
import dev.reelay.http.helidon.HttpServer;
import dev.reelay.media.FirstPicture;
import dev.reelay.media.PictureHead;
import dev.reelay.provider.Engine;
import dev.reelay.provider.HostPort;
import dev.reelay.provider.Inputs;
import dev.reelay.provider.Outbound;
import dev.reelay.provider.PictureFetcher;
import dev.reelay.provider.Providers;
import dev.reelay.provider.ResultFetcher;
import dev.reelay.provider.ResultIds;
import dev.reelay.provider.SystemNames;
import dev.reelay.provider.Wiring;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.RoutePlanner.Outlook;
import dev.reelay.sandbox.SandboxServer;
import dev.reelay.store.ChangeListener;
import dev.reelay.store.ChangeNotifier;
import dev.reelay.store.DiskJournal;
import dev.reelay.store.JdbcHealthBoard;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.CallbackAddresses;
import dev.reelay.task.CancelTask;
import dev.reelay.task.DeleteTask;
import dev.reelay.task.HearCallback;
import dev.reelay.task.JobSearch;
import dev.reelay.task.RemixTask;
import dev.reelay.task.ReplayJournal;
import dev.reelay.task.SubmitTask;
import dev.reelay.task.TaskId;
import dev.reelay.worker.AdmissionByHealth;
import dev.reelay.worker.Cleaner;
import dev.reelay.worker.Dispatcher;
import dev.reelay.worker.HealthWatch;
import dev.reelay.worker.InputSweeper;
import dev.reelay.worker.JournaledUpstream;
import dev.reelay.worker.LearnedTimes;
import dev.reelay.worker.Loop;
import dev.reelay.worker.NodeKeeper;
import dev.reelay.worker.PosterMaker;
import dev.reelay.worker.Schedule;
import dev.reelay.worker.Wake;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running relay: everything wired by hand, top to bottom, and closed in the other order. What
 * each part is for stands in the rooms; here is only who knows whom.
 */
public final class Relay implements AutoCloseable {
  static final String NODE_NAME = "node-name";
  static final String JOURNAL = "accepted.journal";
  private static final Duration NAME_PATIENCE = Duration.ofSeconds(5);
  private static final int SANDBOX_KEY_BYTES = 32;
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Config config;
  private final InstantSource clock;
  private final SecureRandom random;
  private final TimeOrderedIds ids;
  private final Installation installation;
  private final String node;
  private final Stores stores;
  private final HttpServer server;

  /** Under which receivers of webhooks find results: no request tells it there. */
  private volatile String baseUrl = "";

  private Relay(Config config, InstantSource clock, SecureRandom random) {
    this.config = config;
    this.clock = clock;
    this.random = random;
    this.ids = new TimeOrderedIds(clock, random);
    this.installation = opened(Installation.open(config, random));
    try {
      this.node = installation.directory().remember(NODE_NAME, ids::text);
      this.stores = Stores.open(installation, node, config, clock, random);
      sweepDrafts();
      this.server = assemble();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts a relay. If a part does not start, those before it are closed again. */
  public static Relay start(Config config, InstantSource clock, SecureRandom random) {
    return new Relay(config, clock, random);
  }

  /**
   * Nothing is fetched or taken yet, and the lock on the data directory says that nobody else is
   * us.
   */
  private void sweepDrafts() {
    var swept = stores.files().sweepDrafts() + stores.inputs().sweepDrafts();
    if (swept > 0) {
      LOG.info("removed {} unfinished files of a former life", swept);
    }
  }

  private HttpServer assemble() {
    installation
        .postgres()
        .ifPresent(postgres -> opened(new Loop("database", new DatabaseKeeper(postgres)).start()));
    declareKey();
    var sandboxKey = new Secret(HexKey.random(random, SANDBOX_KEY_BYTES));
    var sandbox = sandbox(sandboxKey);
    var plug = new SandboxPlug(stores.catalogue(), sandbox);

    var wake = new Wake();
    var schedule = new Schedule(clock, wake);
    var keeper = new NodeKeeper(node, stores.nodes(), stores.tasks(), schedule, clock);
    var source = installation.database().source();
    var notifier = opened(ChangeNotifier.start(source, keeper::hasCompany, node));
    var views = new ViewCache(stores.tasks(), clock);
    var journal = opened(DiskJournal.open(installation.directory().resolve(JOURNAL)));
    var webhooks = opened(new Webhooks(config, stores.hooks(), clock, random));
    var news = new TaskNews(views, schedule, stores.tasks(), notifier, journal, webhooks::ended);
    var budgets = new Budgets(clock);
    listen(news, new HealthNews(budgets.health()));
    var addresses = new CallbackAddresses(installation.masterKey(), config.edge().publicUrl());
    var credentials = plug.credentials(stores.vault(), sandboxKey);
    var wiring =
        new Wiring(
            plug, credentials, Providers.all(), budgets, inputs(), addresses, stores.proxies()::of);
    var providers = engine(wiring, sandbox);
    var engine = new JournaledUpstream(providers, journal);
    var rescue = new Dispatcher.Rescue(providers, stores.doubts());
    var advance = new AdvanceTask(stores.tasks(), news, clock);
    var ports =
        new Dispatcher.Ports(
            advance, engine, rescue, plug, news, () -> ids.get().toString(), clock);
    new ReplayJournal(journal, advance).replay();
    keeper.begin();
    var times = new LearnedTimes();
    opened(workers(keeper, schedule, ports, times, budgets, wake));

    var terms =
        terms(keeper, schedule, plug, new Outlook(budgets.health()::standing, providers::lacks));
    var submit =
        new SubmitTask(stores.tasks(), news, plug, () -> new TaskId(ids.text()), clock, terms);
    var domain =
        new Face.Domain(
            submit,
            new CancelTask(advance, engine),
            new RemixTask(plug, engine),
            new DeleteTask(advance, engine),
            posters(),
            hearing(addresses, providers, news),
            views,
            times,
            plug,
            this::obstacles,
            () -> new AssetId(ids.text()),
            clock,
            new Face.Told(webhooks.courier(), webhooks.bell(), () -> baseUrl));
    var face = new Face(config, stores, installation.masterKey(), domain);
    var serving = opened(face.serve(random));
    baseUrl = config.edge().publicUrl().map(URI::toString).orElse(address(serving).toString());
    opened(webhooks.start(keeper, face.messages()));
    // The first two to be closed: who waits is answered before the server waits for those answers.
    opened(webhooks.bell());
    opened(views.watches());
    return serving;
  }

  private void listen(TaskNews news, HealthNews health) {
    var sinks =
        List.of(
            stores.catalogue(),
            stores.plans(),
            stores.keyDirectory(),
            stores.vault(),
            stores.proxies(),
            news,
            health);
    opened(ChangeListener.start(installation.database()::openListening, sinks, node));
  }

  private SubmitTask.Terms terms(
      NodeKeeper keeper, Schedule schedule, Supplier<Catalogue> catalogue, Outlook outlook) {
    var backlog = config.tasks().backlog();
    return new SubmitTask.Terms(
        config.tasks().queueDeadline(),
        config.tasks().totalDeadline(),
        keeper::custody,
        new AdmissionByHealth(
            schedule.admission(backlog.tasksMax(), backlog.modelTasksMax()), catalogue, outlook));
  }

  private HearCallback hearing(CallbackAddresses addresses, JobSearch search, TaskNews news) {
    return new HearCallback(addresses, stores.tasks(), search, stores.doubts(), news::hurry, clock);
  }

  private PosterMaker posters() {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    opened(new EndingThreads(threads, EndingThreads.END_MAX));
    return new PosterMaker(
        stores.assets(),
        stores.files(),
        new FirstPicture(config.results().ffmpeg()),
        task -> ResultIds.of(task, AssetKind.POSTER),
        threads,
        clock);
  }

  private void declareKey() {
    config
        .declaredKey()
        .ifPresent(
            declared -> {
              var declare = new DeclareKey(stores.keys(), stores.hasher());
              declare.declare(declared.key(), declared.balance());
              declare.limit(declared.key(), declared.rates());
            });
  }

  private Optional<SandboxServer> sandbox(Secret key) {
    if (!config.sandbox()) {
      stores.sandbox().switchOff();
      stores.catalogue().reload();
      return Optional.empty();
    }
    stores.sandbox().switchOn();
    stores.catalogue().reload();
    var folder = installation.directory().folder("sandbox");
    var renderers = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    var settings = new SandboxServer.Settings(folder, key.reveal(), renderers);
    return Optional.of(opened(SandboxServer.start(settings, clock, random)));
  }

  private Engine engine(Wiring wiring, Optional<SandboxServer> sandbox) {
    var allowed = allowedHosts(sandbox.map(SandboxServer::baseUrl));
    var outbound =
        opened(
            new Outbound(() -> allowed, new SystemNames(NAME_PATIENCE), Outbound.Limits.DEFAULT));
    var limits =
        new ResultFetcher.Limits(
            config.results().resultMaxBytes(),
            ResultFetcher.Limits.POSTER_BYTES_MAX,
            ResultFetcher.Limits.DEFAULT.deadline(),
            config.results().retention());
    var fetcher = new ResultFetcher(outbound, stores.files(), new FileCheck(), clock, limits);
    return new Engine(wiring, outbound, fetcher, clock);
  }

  /** What the operator lets channels reach is not for callers to have pictures fetched from. */
  private Inputs inputs() {
    var listed = new HashSet<HostPort>();
    config.pictureAllowedHosts().forEach(h -> listed.add(new HostPort(h.host(), h.port())));
    var allowed = Set.copyOf(listed);
    var outbound =
        opened(
            new Outbound(() -> allowed, new SystemNames(NAME_PATIENCE), Outbound.Limits.DEFAULT));
    var fetcher =
        new PictureFetcher(outbound, stores.inputs(), stores.assets(), new PictureHead(), clock);
    var addresses = new AssetAddresses(new ResultSignature(installation.masterKey()));
    var published = config.edge().publicUrl().map(url -> new Inputs.Published(url, addresses));
    return new Inputs(stores.inputs(), fetcher, published);
  }

  private Set<HostPort> allowedHosts(Optional<URI> sandbox) {
    var allowed = new HashSet<HostPort>();
    config.allowedHosts().forEach(h -> allowed.add(new HostPort(h.host(), h.port())));
    sandbox.ifPresent(uri -> allowed.add(new HostPort(uri.getHost(), uri.getPort())));
    return Set.copyOf(allowed);
  }

  private Workers workers(
      NodeKeeper keeper,
      Schedule schedule,
      Dispatcher.Ports ports,
      LearnedTimes times,
      Budgets budgets,
      Wake wake) {
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    var dispatcher = new Dispatcher(schedule, ports, times, budgets, keeper::mayWork, executor);
    var dispatch = new Loop("dispatch", dispatcher);
    wake.connect(dispatch);
    var cleaner =
        new Cleaner(
            stores.assets(),
            stores.files(),
            stores.inputs(),
            stores.idempotency(),
            config.tasks().idempotencyRetention(),
            clock);
    var sweeper = new InputSweeper(stores.assets(), stores.inputs(), clock);
    var board = new JdbcHealthBoard(installation.database().source());
    var loops =
        List.of(
            dispatch,
            new Loop("node", keeper),
            new Loop("clean", cleaner),
            new Loop("sweep", sweeper),
            new Loop("health", new HealthWatch(node, budgets.health(), board)));
    loops.forEach(Loop::start);
    return new Workers(keeper, schedule, executor, loops);
  }

  private List<String> obstacles() {
    if (stopping.get()) {
      return List.of("shutting_down");
    }
    return installation.database().isReachable() ? List.of() : List.of("database");
  }

  /** Where clients on this machine reach it. */
  public URI address() {
    return address(server);
  }

  private URI address(HttpServer listening) {
    var bind = config.edge().bind();
    var host = bind.equals("0.0.0.0") || bind.equals("::") ? "127.0.0.1" : bind;
    var written = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + written + ":" + listening.port());
  }

  Stores stores() {
    return stores;
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  /** Stops in order: no new request, no new step, then what they stood on. */
  @Override
  public void close() {
    stopping.set(true);
    while (!opened.isEmpty()) {
      var part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("{} did not close", part.getClass().getSimpleName(), e);
      }
    }
  }
}
