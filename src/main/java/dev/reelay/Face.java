package dev.reelay;

import dev.reelay.access.MasterKey;
import dev.reelay.access.ResultSignature;
import dev.reelay.access.TenantAlias;
import dev.reelay.asset.AssetAddresses;
import dev.reelay.asset.AssetId;
import dev.reelay.config.Config;
import dev.reelay.http.ApiRoutes;
import dev.reelay.http.BaseUrl;
import dev.reelay.http.Billing;
import dev.reelay.http.Callbacks;
import dev.reelay.http.Callers;
import dev.reelay.http.CannotListen;
import dev.reelay.http.Edge;
import dev.reelay.http.ErrorMapper;
import dev.reelay.http.Health;
import dev.reelay.http.HttpLimits;
import dev.reelay.http.ModelList;
import dev.reelay.http.Request;
import dev.reelay.http.RequestIds;
import dev.reelay.http.ResultAddresses;
import dev.reelay.http.ResultFiles;
import dev.reelay.http.Routes;
import dev.reelay.http.StoredFiles;
import dev.reelay.http.TrustedProxies;
import dev.reelay.http.ViewCache;
import dev.reelay.http.WaitingRoom;
import dev.reelay.http.dialect.BodyReader;
import dev.reelay.http.dialect.CreateReader;
import dev.reelay.http.dialect.CreateVideo;
import dev.reelay.http.dialect.ErrorTerms;
import dev.reelay.http.dialect.ErrorsByPath;
import dev.reelay.http.dialect.ErrorsByPath.Place;
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
import dev.reelay.http.webhook.DeliveryRequests;
import dev.reelay.http.webhook.EndpointRequests;
import dev.reelay.http.webhook.FeedBell;
import dev.reelay.http.webhook.FeedRequests;
import dev.reelay.http.webhook.TaskMessages;
import dev.reelay.media.ClipHead;
import dev.reelay.media.PictureHead;
import dev.reelay.routing.Catalogue;
import dev.reelay.store.StoreUnavailable;
import dev.reelay.task.CancelTask;
import dev.reelay.task.DeleteTask;
import dev.reelay.task.HearCallback;
import dev.reelay.task.Posters;
import dev.reelay.task.RemixTask;
import dev.reelay.task.SubmitTask;
import dev.reelay.task.UsualTimes;
import dev.reelay.webhook.Courier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Builds what callers see: the routes, their handlers and the server under them. */
final class Face {
  static final String CURRENCY = "USD";
  private static final int FORBIDDEN = 403;

  private final Config config;
  private final Stores stores;
  private final MasterKey masterKey;
  private final Domain domain;
  private final ResultAddresses addresses;
  private final ReadyAnswers.Shelf shelf = new ReadyAnswers.Shelf();

  /** The use cases and what the handlers read. */
  record Domain(
      SubmitTask submit,
      CancelTask cancel,
      RemixTask remix,
      DeleteTask delete,
      Posters posters,
      HearCallback hear,
      ViewCache views,
      UsualTimes times,
      Supplier<Catalogue> catalogue,
      Supplier<List<String>> obstacles,
      Supplier<AssetId> inputIds,
      InstantSource clock,
      Told told) {}

  /** What callers need of webhooks beside the stores. */
  record Told(Courier courier, FeedBell bell, Supplier<String> baseUrl) {}

  Face(Config config, Stores stores, MasterKey masterKey, Domain domain) {
    this.config = config;
    this.stores = stores;
    this.masterKey = masterKey;
    this.domain = domain;
    this.addresses = new ResultAddresses(new ResultSignature(masterKey));
  }

  private UnifiedView unifiedView() {
    return new UnifiedView(new TenantAlias(masterKey)::of, addresses, CURRENCY);
  }

  /** What messages say of tasks: from the store, since a view of another's task may be old. */
  TaskMessages messages() {
    return new TaskMessages(stores.tasks()::find, unifiedView(), domain.told().baseUrl());
  }

  /** Starts to listen. */
  HttpServer serve(SecureRandom random) {
    var errors = errors(config.edge().lowBalanceStatus() == FORBIDDEN);
    var mapper = new ErrorMapper(errors, StoreUnavailable.class::isInstance);
    var callers = new Callers(stores.keyDirectory(), domain.clock());
    var routes = new Routes(routes(callers, random).rows(mapper));
    var edge = new Edge(routes, errors, new RequestIds(random), origin());
    try {
      return HttpServer.start(address(), edge, limits(), System::nanoTime);
    } catch (CannotListen e) {
      throw new Installation.StartRefused(
          e.getMessage() + "; stop what listens there, or set REELAY_PORT or REELAY_BIND");
    }
  }

  /** Each dialect's own on its paths; the union shape everywhere else. */
  static ErrorsByPath errors(boolean isLowBalanceForbidden) {
    var terms = new ErrorTerms(isLowBalanceForbidden);
    var openAi = new OpenAiErrors(terms);
    var newApi = new NewApiErrors(terms);
    return new ErrorsByPath(
        List.of(
            Place.of("/v1/videos", openAi),
            Place.of("/videos", openAi),
            Place.of("/v1/video/generations", newApi),
            Place.of("/video/generations", newApi)),
        Place.of("", new UnifiedErrors(isLowBalanceForbidden)));
  }

  private ApiRoutes routes(Callers callers, SecureRandom random) {
    var inputs = new KeepInputs(stores.inputs(), domain.inputIds());
    var create =
        new CreateVideo(
            domain.submit(),
            domain.catalogue(),
            stores.files(),
            inputs,
            domain.told().courier()::refusal,
            CURRENCY);
    var isPublished = config.edge().publicUrl().isPresent();
    var probes = new CreateReader.Probes(new PictureHead(), new ClipHead());
    var reader = new CreateReader(new BodyReader(bodyMax()), probes, uploaded(), isPublished);
    var files = new StoredFiles(stores.files(), domain.clock());
    var parts = new Parts(callers, create, reader, addresses, files, new WaitingRoom());
    return new ApiRoutes(
        unified(parts),
        openAi(parts),
        newApi(parts),
        webhooks(callers, random),
        new ApiRoutes.Common(
            new ModelList(callers, create::names),
            new Billing(callers, stores.accounts()),
            new ResultFiles(
                addresses,
                stores.assets(),
                files,
                new StoredFiles(stores.inputs(), domain.clock())),
            new FileUpload(callers, reader, inputs, stores.uploads(), addresses, domain.clock()),
            new Health(domain.obstacles()),
            new Callbacks(domain.hear())));
  }

  /** What the handlers of all formats share. */
  private record Parts(
      Callers callers,
      CreateVideo create,
      CreateReader reader,
      ResultAddresses addresses,
      StoredFiles files,
      WaitingRoom room) {}

  private UploadedFiles uploaded() {
    var signed = new AssetAddresses(new ResultSignature(masterKey));
    return new UploadedFiles(stores.uploads(), stores.inputs(), signed, domain.clock());
  }

  private ReadyAnswers answers(View view) {
    return new ReadyAnswers(view, new PollAdvice(domain.times(), domain.clock()), shelf);
  }

  private LongPoll waits(Parts parts) {
    return new LongPoll(domain.views().watches(), parts.room(), domain.clock());
  }

  private ApiRoutes.Unified unified(Parts parts) {
    var answers = answers(unifiedView());
    var callers = parts.callers();
    var views = domain.views();
    var store = stores.tasks();
    var sources = new UnifiedEvents.Sources(views, store, answers);
    return new ApiRoutes.Unified(
        new UnifiedRequests(
            callers, parts.create(), views, answers, domain.cancel(), parts.reader()),
        new UnifiedQuery(callers, views, answers, waits(parts)),
        new UnifiedEvents(callers, sources, parts.room(), domain.clock()),
        new UnifiedList(callers, store, views, answers),
        new UnifiedOffers(callers, parts.create(), parts.reader(), CURRENCY),
        new UnifiedEdits(callers, views));
  }

  private ApiRoutes.OpenAi openAi(Parts parts) {
    var view = new OpenAiView(parts.addresses());
    var answers = answers(view);
    var callers = parts.callers();
    var views = domain.views();
    var shown = new OpenAiVideos.Shown(view, new TaskQuery(views, answers, waits(parts)));
    var useCases = new OpenAiVideos.UseCases(domain.remix(), domain.delete());
    return new ApiRoutes.OpenAi(
        new OpenAiVideos(callers, parts.create(), views, shown, useCases, parts.reader()),
        new OpenAiList(callers, stores.tasks(), views, answers),
        new OpenAiContent(callers, views, parts.files(), domain.posters()));
  }

  private ApiRoutes.NewApi newApi(Parts parts) {
    var answers = answers(new NewApiView(parts.addresses()));
    var query = new TaskQuery(domain.views(), answers, waits(parts));
    return new ApiRoutes.NewApi(
        new NewApiVideos(parts.callers(), parts.create(), parts.reader(), query),
        new PriceList(parts.callers(), domain.catalogue(), stores.plans(), CURRENCY));
  }

  private ApiRoutes.Webhooks webhooks(Callers callers, SecureRandom random) {
    var hooks = stores.hooks();
    var told = domain.told();
    var ports = new EndpointRequests.Ports(hooks.endpoints(), hooks.deliveries(), told.courier());
    return new ApiRoutes.Webhooks(
        new EndpointRequests(callers, ports, domain.clock(), random),
        new DeliveryRequests(callers, hooks.deliveries()),
        new FeedRequests(callers, hooks.feed(), messages(), told.bell(), domain.clock()));
  }

  private Request.Origin origin() {
    var ranges = config.edge().trustedProxies().stream().map(Object::toString).toList();
    var proxies = TrustedProxies.parse(ranges);
    var base = config.edge().publicUrl().map(BaseUrl::fixed).orElse(BaseUrl.asSeen(proxies));
    return new Request.Origin(proxies, base);
  }

  private int bodyMax() {
    return Math.toIntExact(config.edge().bodyMaxBytes());
  }

  private HttpLimits limits() {
    return new HttpLimits(
        HttpLimits.Patience.DEFAULTS, config.edge().bodiesMaxBytes(), HttpLimits.CONNECTIONS_MAX);
  }

  private InetSocketAddress address() {
    try {
      var bind = InetAddress.getByName(config.edge().bind());
      return new InetSocketAddress(bind, config.edge().port());
    } catch (UnknownHostException e) {
      throw new Installation.StartRefused("REELAY_BIND is no address of this machine");
    }
  }
}
