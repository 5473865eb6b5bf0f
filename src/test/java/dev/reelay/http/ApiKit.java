package dev.reelay.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.ApiKey;
import dev.reelay.access.Caller;
import dev.reelay.access.KeyAnswer;
import dev.reelay.access.KeyId;
import dev.reelay.access.KeyScope;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Plan;
import dev.reelay.access.RequestRates;
import dev.reelay.access.ResultSignature;
import dev.reelay.access.Tenant;
import dev.reelay.access.TenantAlias;
import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetAddresses;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.http.dialect.BodyReader;
import dev.reelay.http.dialect.CreateReader;
import dev.reelay.http.dialect.CreateVideo;
import dev.reelay.http.dialect.ErrorTerms;
import dev.reelay.http.dialect.ErrorsByPath;
import dev.reelay.http.dialect.FileUpload;
import dev.reelay.http.dialect.KeepInputs;
import dev.reelay.http.dialect.LongPoll;
import dev.reelay.http.dialect.PollAdvice;
import dev.reelay.http.dialect.ReadyAnswers;
import dev.reelay.http.dialect.TaskQuery;
import dev.reelay.http.dialect.UploadedFiles;
import dev.reelay.http.dialect.View;
import dev.reelay.http.dialect.newapi.NewApiErrors;
import dev.reelay.http.dialect.newapi.NewApiVideos;
import dev.reelay.http.dialect.newapi.NewApiView;
import dev.reelay.http.dialect.newapi.PriceList;
import dev.reelay.http.dialect.openai.OpenAiContent;
import dev.reelay.http.dialect.openai.OpenAiErrors;
import dev.reelay.http.dialect.openai.OpenAiList;
import dev.reelay.http.dialect.openai.OpenAiVideos;
import dev.reelay.http.dialect.openai.OpenAiView;
import dev.reelay.http.dialect.unified.UnifiedEdits;
import dev.reelay.http.dialect.unified.UnifiedErrors;
import dev.reelay.http.dialect.unified.UnifiedEvents;
import dev.reelay.http.dialect.unified.UnifiedList;
import dev.reelay.http.dialect.unified.UnifiedOffers;
import dev.reelay.http.dialect.unified.UnifiedQuery;
import dev.reelay.http.dialect.unified.UnifiedRequests;
import dev.reelay.http.dialect.unified.UnifiedView;
import dev.reelay.http.helidon.HttpServer;
import dev.reelay.media.ClipHead;
import dev.reelay.media.PictureHead;
import dev.reelay.money.Balance;
import dev.reelay.money.Money;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Admission;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.CancelTask;
import dev.reelay.task.DeleteTask;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Job;
import dev.reelay.task.Output;
import dev.reelay.task.RemixTask;
import dev.reelay.task.SubmitTask;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskListener;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.FolderAssetFiles;
import dev.reelay.testkit.InMemoryTaskStore;
import dev.reelay.testkit.InMemoryUploads;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.QuickFolder;
import dev.reelay.testkit.StoreAway;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The routes of clients behind a real server on a free loopback port, over a store in memory, with
 * the sandbox's models on a channel that is called {@code real} unless a test says otherwise.
 */
final class ApiKit implements AutoCloseable {
  static final String KEY = "first-key-with-twenty-characters";
  static final String OTHER_KEY = "other-key-with-twenty-characters";
  static final MasterKey MASTER = MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2));

  static final String CREATE = "/v1/video/create";
  static final String CAT = "{'model':'sora-2','prompt':'a cat','duration':10}";
  private static final long SPINS_MAX = 2_000_000_000L;
  static final int PLACES_MAX = 5;
  static final int PLACES_PER_TENANT_MAX = 3;
  static final int CREATE_BODY_BYTES_MAX = 32 << 20;
  static final Plan PLAN = new Plan(1, "default", OptionalInt.empty(), 1_000_000);
  static final Balance FRESH = balance("5.00", "0.00");

  final ManualClock clock = new ManualClock();
  final InMemoryTaskStore store = new InMemoryTaskStore(clock);
  final ViewCache views = new ViewCache(store, clock);
  final AdvanceTask advance = new AdvanceTask(store, views, clock);
  final FakeFiles files = new FakeFiles();
  private final QuickFolder folder = QuickFolder.make();
  private final ReadyAnswers.Shelf shelf = new ReadyAnswers.Shelf();
  final FolderAssetFiles inputs = new FolderAssetFiles(folder.path());
  final InMemoryUploads uploads = new InMemoryUploads();
  private final CreateReader reader =
      new CreateReader(
          new BodyReader(CREATE_BODY_BYTES_MAX),
          new CreateReader.Probes(new PictureHead(), new ClipHead()),
          new UploadedFiles(
              uploads, inputs, new AssetAddresses(new ResultSignature(MASTER)), clock),
          true);
  final CallbackKit callbacks = new CallbackKit(MASTER, store, clock);
  final ResultAddresses addresses = new ResultAddresses(new ResultSignature(MASTER));
  final TenantId tenant;
  final WaitingRoom room = new WaitingRoom(PLACES_MAX, PLACES_PER_TENANT_MAX);
  final List<String> obstacles = new ArrayList<>();
  Catalogue catalogue = ApiCatalogue.of("real");
  boolean isStoreAway;
  boolean canRemix;
  Optional<Asset> poster = Optional.empty();
  Optional<String> callbackRefusal = Optional.empty();

  /** What speaks against one more task on this node. */
  Optional<Admission.Full> full = Optional.empty();

  /** How long jobs take, as a node has learned it. */
  Optional<Duration> usual = Optional.empty();

  /** Creates are committed and the store breaks before it can say so. */
  boolean losesAnswers;

  private final Map<String, KeyAnswer> keys = new HashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  ApiKit() {
    this(false);
  }

  ApiKit(boolean isLowBalanceForbidden) {
    this(isLowBalanceForbidden, HttpLimits.DEFAULTS);
  }

  ApiKit(HttpLimits limits) {
    this(false, limits);
  }

  private ApiKit(boolean isLowBalanceForbidden, HttpLimits limits) {
    var errors = errors(isLowBalanceForbidden);
    tenant = addKey(KEY, Money.parse("5.00"), Optional.empty(), OptionalInt.empty());
    addKey(OTHER_KEY, Money.parse("5.00"), Optional.empty(), OptionalInt.empty());
    var mapper = new ErrorMapper(errors, e -> e instanceof StoreAway);
    var origin = new Request.Origin(TrustedProxies.NONE, BaseUrl.asSeen(TrustedProxies.NONE));
    var ids = new RequestIds(new SplittableRandom(1));
    var edge = new Edge(new Routes(routes().rows(mapper)), errors, ids, origin);
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    server = HttpServer.start(address, edge, limits, System::nanoTime);
  }

  private static ErrorsByPath errors(boolean isLowBalanceForbidden) {
    var terms = new ErrorTerms(isLowBalanceForbidden);
    return new ErrorsByPath(
        List.of(
            ErrorsByPath.Place.of("/v1/videos", new OpenAiErrors(terms)),
            ErrorsByPath.Place.of("/v1/video/generations", new NewApiErrors(terms))),
        ErrorsByPath.Place.of("", new UnifiedErrors(isLowBalanceForbidden)));
  }

  ApiRoutes routes() {
    var callers = new Callers(this::find, clock);
    var taskIds = new TimeOrderedIds(clock, new SplittableRandom(2));
    var terms =
        new SubmitTask.Terms(
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            () -> new Task.Custody("node", 1),
            _ -> full);
    var submit =
        new SubmitTask(
            store, new Deaf(), () -> catalogue, () -> new TaskId(taskIds.text()), clock, terms);
    var pictures = new KeepInputs(inputs, () -> new AssetId(taskIds.text()));
    var create =
        new CreateVideo(submit, () -> catalogue, files, pictures, _ -> callbackRefusal, "USD");
    var stored = new StoredFiles(files, clock);
    return new ApiRoutes(
        unified(callers, create),
        openAi(callers, create, stored),
        newApi(callers, create),
        QuietWebhooks.handlers(callers, clock, store, addresses),
        new ApiRoutes.Common(
            new ModelList(callers, create::names),
            new Billing(callers, new StoredAccounts(store)),
            new ResultFiles(addresses, files, stored, new StoredFiles(inputs, clock)),
            new FileUpload(callers, reader, pictures, uploads, addresses, clock),
            new Health(() -> obstacles),
            callbacks.handler()));
  }

  private ReadyAnswers answers(View view) {
    return new ReadyAnswers(view, new PollAdvice(this::usual, clock), shelf);
  }

  private LongPoll waits() {
    return new LongPoll(views.watches(), room, clock);
  }

  private ApiRoutes.Unified unified(Callers callers, CreateVideo create) {
    var answers = answers(new UnifiedView(new TenantAlias(MASTER)::of, addresses, "USD"));
    var sources = new UnifiedEvents.Sources(views, store, answers);
    var cancel = new CancelTask(advance, new EdgeUpstream(() -> canRemix));
    return new ApiRoutes.Unified(
        new UnifiedRequests(callers, create, views, answers, cancel, reader),
        new UnifiedQuery(callers, views, answers, waits()),
        new UnifiedEvents(callers, sources, room, clock),
        new UnifiedList(callers, store, views, answers),
        new UnifiedOffers(callers, create, reader, "USD"),
        new UnifiedEdits(callers, views));
  }

  private ApiRoutes.OpenAi openAi(Callers callers, CreateVideo create, StoredFiles stored) {
    var view = new OpenAiView(addresses);
    var answers = answers(view);
    var shown = new OpenAiVideos.Shown(view, new TaskQuery(views, answers, waits()));
    var upstream = new EdgeUpstream(() -> canRemix);
    var useCases =
        new OpenAiVideos.UseCases(
            new RemixTask(() -> catalogue, upstream), new DeleteTask(advance, upstream));
    return new ApiRoutes.OpenAi(
        new OpenAiVideos(callers, create, views, shown, useCases, reader),
        new OpenAiList(callers, store, views, answers),
        new OpenAiContent(callers, views, stored, _ -> poster));
  }

  private ApiRoutes.NewApi newApi(Callers callers, CreateVideo create) {
    var query = new TaskQuery(views, answers(new NewApiView(addresses)), waits());
    return new ApiRoutes.NewApi(
        new NewApiVideos(callers, create, reader, query),
        new PriceList(callers, () -> catalogue, () -> List.of(PLAN), "USD"));
  }

  private Optional<Duration> usual(Task task, Job job) {
    return usual;
  }

  private KeyAnswer find(String authorization) {
    if (isStoreAway) {
      throw new StoreAway();
    }
    var key = authorization.replaceFirst("(?i)^bearer ?", "");
    return key.isEmpty()
        ? new KeyAnswer.Refused(ApiKey.Refusal.MISSING)
        : keys.getOrDefault(key, new KeyAnswer.Refused(ApiKey.Refusal.UNKNOWN));
  }

  void answerKeyWith(String key, ApiKey.Refusal refusal) {
    keys.put(key, new KeyAnswer.Refused(refusal));
  }

  TenantId addKey(String key, Money balance, Optional<Money> spendLimit, OptionalInt openTasksMax) {
    var owner = store.addTenant(balance);
    addKeyOf(owner, key, spendLimit, openTasksMax, Optional.empty());
    return owner;
  }

  void addKeyOf(
      TenantId owner,
      String key,
      Optional<Money> spendLimit,
      OptionalInt openTasksMax,
      Optional<Instant> expiresAt) {
    KeyId id = store.addKey(owner, spendLimit);
    var row =
        new ApiKey(
            id,
            owner,
            "a key",
            "…" + key.substring(0, 4),
            expiresAt,
            Optional.empty(),
            spendLimit,
            openTasksMax,
            true,
            RequestRates.NONE,
            KeyScope.ALL);
    keys.put(key, new KeyAnswer.Known(new Caller(row, new Tenant(owner, "tenant", PLAN))));
  }

  /** Lets a key count for its tenant's plan, as all keys do that nobody declared. */
  void putUnder(Plan plan, String key) {
    replace(key, false, RequestRates.NONE, KeyScope.ALL, plan);
  }

  /** Gives the key's tenant a price factor of its own. */
  void putFactor(String key, long millionths) {
    var old = ((KeyAnswer.Known) requireNonNull(keys.get(key))).caller();
    var owner = old.tenant();
    var tenant = new Tenant(owner.id(), owner.name(), owner.plan(), millionths);
    keys.put(key, new KeyAnswer.Known(new Caller(old.key(), tenant)));
  }

  void putDeclared(String key, RequestRates rates) {
    replace(key, true, rates, KeyScope.ALL, PLAN);
  }

  void putScope(String key, KeyScope scope) {
    replace(key, true, RequestRates.NONE, scope, PLAN);
  }

  private void replace(
      String key, boolean isDeclared, RequestRates rates, KeyScope scope, Plan plan) {
    var old = ((KeyAnswer.Known) requireNonNull(keys.get(key))).caller();
    var row = old.key();
    var changed =
        new ApiKey(
            row.id(),
            row.tenant(),
            row.name(),
            row.display(),
            row.expiresAt(),
            row.revokedAt(),
            row.spendLimit(),
            row.openTasksMax(),
            isDeclared,
            rates,
            scope);
    var tenant = new Tenant(old.tenant().id(), old.tenant().name(), plan);
    keys.put(key, new KeyAnswer.Known(new Caller(changed, tenant)));
  }

  // What a client does

  String baseUrl() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.port();
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, KEY, headers).GET());
  }

  HttpResponse<String> getAs(String key, String path) {
    return send(request(path, key).GET());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return postAs(KEY, path, body, headers);
  }

  HttpResponse<String> postAs(String key, String path, String body, String... headers) {
    var publisher = HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'));
    return send(request(path, key, headers).POST(publisher));
  }

  HttpRequest.Builder request(String path, String key, String... headers) {
    var builder = HttpRequest.newBuilder(URI.create(baseUrl() + path));
    if (!key.isEmpty()) {
      builder.header("Authorization", "Bearer " + key);
    }
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  CompletableFuture<HttpResponse<String>> getLater(String path, String... headers) {
    return client.sendAsync(request(path, KEY, headers).build(), BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> getLaterAs(String key, String path) {
    return client.sendAsync(request(path, key).build(), BodyHandlers.ofString());
  }

  HttpResponse<InputStream> openStream(String path, String... headers) {
    var request = request(path, KEY, headers).build();
    return client.sendAsync(request, BodyHandlers.ofInputStream()).join();
  }

  /** Until so many calls wait for news, and no more places are taken than that. */
  void awaitWatching(int calls) {
    assertThat(isWatchingWithin(calls, SPINS_MAX)).isTrue();
  }

  boolean isWatchingWithin(int calls, long spins) {
    for (long i = 0; i < spins && !isWatching(calls); i++) {
      Thread.onSpinWait();
    }
    return isWatching(calls);
  }

  private boolean isWatching(int calls) {
    return views.watches().count() == calls && room.taken() == calls;
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  // What tests ask again and again

  /** Creates a task and gives its id as answered. */
  String create(String body) {
    var reply = post(CREATE, body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return json(reply).path("id").asString();
  }

  JsonNode query(String id) {
    var reply = get("/v1/video/query?id=" + id);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return json(reply);
  }

  List<String> listed(String filter) {
    return idsOf(json(get("/v1/video/list?" + filter)));
  }

  static List<String> idsOf(JsonNode list) {
    var ids = new ArrayList<String>();
    list.path("data").forEach(task -> ids.add(task.path("id").asString()));
    return ids;
  }

  /** Ends a task with a file of ten bytes; it is charged for the length that was asked for. */
  Asset finish(String id, String charged, Path folder) {
    var asset = asset(new AssetId(bare(id)));
    var file = folder.resolve(asset.id().value());
    try {
      Files.writeString(file, "0123456789");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    files.add(asset, tenant, file);
    finish(
        taskId(id),
        new TaskEvent.Stored(
            new Output(asset, Optional.empty(), Optional.empty()),
            Usage.of(10_000, Resolution.P720, false)));
    assertThat(query(id).path("usage").path("charged").asString()).isEqualTo(charged);
    return asset;
  }

  Asset asset(AssetId id) {
    return new Asset(
        id,
        AssetKind.VIDEO,
        "video/mp4",
        10,
        "ab".repeat(32),
        1280,
        720,
        10_000,
        clock.instant().plus(Duration.ofDays(7)),
        Optional.empty());
  }

  static TaskId taskId(String id) {
    return AskedId.parse(id).orElseThrow().id();
  }

  static String bare(String id) {
    return taskId(id).value();
  }

  static Balance balance(String available, String held) {
    return new Balance(Money.parse(available), Money.parse(held), Money.ZERO);
  }

  static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  static HttpRequest.BodyPublisher body(String json) {
    return HttpRequest.BodyPublishers.ofString(json);
  }

  static JsonNode json(HttpResponse<String> reply) {
    return new JsonMapper().readTree(reply.body());
  }

  static String code(HttpResponse<String> reply) {
    return json(reply).path("code").asString();
  }

  // What providers and workers do

  Task task(TaskId id) {
    return store.find(id).orElseThrow();
  }

  void run(TaskId id) {
    submit(id);
    accept(id);
  }

  void submit(TaskId id) {
    var attempt =
        new Attempt(1, new ChannelId(1), new CredentialId(1), "m", id.value(), clock.instant());
    advance.apply(task(id), new TaskEvent.SubmitStarted(attempt, "test"));
  }

  void accept(TaskId id) {
    advance.apply(task(id), new TaskEvent.Accepted(1, "up-" + id.value()));
  }

  /** Ends a task without a video: a running one by its provider, a waiting one by its caller. */
  void fail(TaskId id) {
    var why = new Failure(ErrorCode.UPSTREAM_FAILED, "It broke.");
    var task = task(id);
    advance.apply(
        task,
        task.state().jobIfAny().isPresent()
            ? new TaskEvent.UpstreamFailed(why)
            : new TaskEvent.CancelRequested("me"));
  }

  /** A commit of another node, of which this one's views do not hear. */
  void elsewhere(TaskId id, TaskEvent event) {
    new AdvanceTask(store, new ViewCache(store, clock), clock).apply(id, event);
  }

  void finish(TaskId id, TaskEvent.Stored stored) {
    run(id);
    advance.apply(
        task(id), new TaskEvent.Finished(VideoResult.of(URI.create("https://up.example/v.mp4"))));
    advance.apply(task(id), stored);
  }

  @Override
  public void close() {
    views.watches().close();
    client.close();
    server.close();
    folder.close();
  }

  /** Hands on what was committed, unless answers get lost. */
  private final class Deaf implements TaskListener {
    @Override
    public void committed(Task task) {
      if (losesAnswers) {
        throw new StoreAway();
      }
      views.committed(task);
    }

    @Override
    public void progressed(Task task) {
      views.progressed(task);
    }
  }
}
