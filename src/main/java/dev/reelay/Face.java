package dev.reelay;

import dev.reelay.access.MasterKey;
import dev.reelay.access.ResultSignature;
import dev.reelay.access.TenantAlias;
import dev.reelay.config.Config;
import dev.reelay.http.ApiRoutes;
import dev.reelay.http.BaseUrl;
import dev.reelay.http.Billing;
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
import dev.reelay.http.TrustedProxies;
import dev.reelay.http.ViewCache;
import dev.reelay.http.WaitingRoom;
import dev.reelay.http.dialect.CreateVideo;
import dev.reelay.http.dialect.LongPoll;
import dev.reelay.http.dialect.PollAdvice;
import dev.reelay.http.dialect.ReadyAnswers;
import dev.reelay.http.dialect.unified.UnifiedErrors;
import dev.reelay.http.dialect.unified.UnifiedEvents;
import dev.reelay.http.dialect.unified.UnifiedList;
import dev.reelay.http.dialect.unified.UnifiedOffers;
import dev.reelay.http.dialect.unified.UnifiedQuery;
import dev.reelay.http.dialect.unified.UnifiedRequests;
import dev.reelay.http.dialect.unified.UnifiedView;
import dev.reelay.http.helidon.HttpServer;
import dev.reelay.routing.Catalogue;
import dev.reelay.store.StoreUnavailable;
import dev.reelay.task.CancelTask;
import dev.reelay.task.SubmitTask;
import dev.reelay.task.UsualTimes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Builds what callers see: the routes, their handlers and the server under them. */
final class Face {
  static final String CURRENCY = "USD";
  private static final int FORBIDDEN = 403;

  private final Config config;
  private final Stores stores;
  private final MasterKey masterKey;
  private final Domain domain;

  /** The use cases and what the handlers read. */
  record Domain(
      SubmitTask submit,
      CancelTask cancel,
      ViewCache views,
      UsualTimes times,
      Supplier<Catalogue> catalogue,
      Supplier<List<String>> obstacles,
      InstantSource clock) {}

  Face(Config config, Stores stores, MasterKey masterKey, Domain domain) {
    this.config = config;
    this.stores = stores;
    this.masterKey = masterKey;
    this.domain = domain;
  }

  /** Starts to listen. */
  HttpServer serve(RandomGenerator random) {
    var errors = new UnifiedErrors(config.edge().lowBalanceStatus() == FORBIDDEN);
    var mapper = new ErrorMapper(errors, StoreUnavailable.class::isInstance);
    var routes = new Routes(routes().rows(mapper));
    var edge = new Edge(routes, errors, new RequestIds(random), origin());
    try {
      return HttpServer.start(address(), edge, limits(), System::nanoTime);
    } catch (CannotListen e) {
      throw new Installation.StartRefused(
          e.getMessage() + "; stop what listens there, or set REELAY_PORT or REELAY_BIND");
    }
  }

  private ApiRoutes routes() {
    var callers = new Callers(stores.keyDirectory(), domain.clock());
    var addresses = new ResultAddresses(new ResultSignature(masterKey));
    var users = new TenantAlias(masterKey);
    var view = new UnifiedView(users::of, addresses, CURRENCY);
    var answers = new ReadyAnswers(view, new PollAdvice(domain.times(), domain.clock()));
    var create = new CreateVideo(domain.submit(), domain.catalogue(), stores.files(), CURRENCY);
    return new ApiRoutes(
        unified(callers, create, answers),
        new ModelList(callers, this::modelNames),
        new Billing(callers, stores.accounts()),
        new ResultFiles(addresses, stores.assets(), stores.files(), domain.clock()),
        new Health(domain.obstacles()));
  }

  private ApiRoutes.Unified unified(Callers callers, CreateVideo create, ReadyAnswers answers) {
    var views = domain.views();
    var store = stores.tasks();
    var room = new WaitingRoom();
    var waits = new LongPoll(views.watches(), room, domain.clock());
    var sources = new UnifiedEvents.Sources(views, store, answers);
    return new ApiRoutes.Unified(
        new UnifiedRequests(callers, create, views, answers, domain.cancel(), bodyMax()),
        new UnifiedQuery(callers, views, answers, waits),
        new UnifiedEvents(callers, sources, room, domain.clock()),
        new UnifiedList(callers, store, views, answers),
        new UnifiedOffers(callers, create, bodyMax(), CURRENCY));
  }

  private List<String> modelNames() {
    var now = domain.catalogue().get();
    return Stream.concat(now.models().keySet().stream(), now.aliases().keySet().stream())
        .filter(name -> now.behind(name).stream().anyMatch(m -> now.isServed(m.name())))
        .map(name -> name.value())
        .sorted()
        .toList();
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
