package dev.reelay.sandbox;

import dev.reelay.http.BaseUrl;
import dev.reelay.http.Edge;
import dev.reelay.http.ErrorShape;
import dev.reelay.http.HttpLimits;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.RequestIds;
import dev.reelay.http.Route;
import dev.reelay.http.Routes;
import dev.reelay.http.TrustedProxies;
import dev.reelay.http.helidon.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** The sandbox's server, on a free port of loopback, for callers with the key of this process. */
public final class SandboxServer implements AutoCloseable {
  private static final ErrorShape ERRORS =
      (_, problem) ->
          Reply.json(problem.status(), SandboxJson.error(problem.code(), problem.message()));

  private final HttpServer server;
  private final ClipShelf shelf;

  private SandboxServer(HttpServer server, ClipShelf shelf) {
    this.server = server;
    this.shelf = shelf;
  }

  /** Where it keeps clips, whom it answers, and how much it may compute at once. */
  public record Settings(Path folder, String key, int renderersMax) {}

  public static SandboxServer start(
      Settings settings, InstantSource clock, RandomGenerator random) {
    var shelf = new ClipShelf(settings.folder(), settings.renderersMax());
    var jobs = new SandboxJobs(shelf, clock, random);
    var routes = new Routes(routes(new SandboxHandlers(jobs, settings.key())));
    var origin = new Request.Origin(TrustedProxies.NONE, BaseUrl.asSeen(TrustedProxies.NONE));
    var edge = new Edge(routes, ERRORS, new RequestIds(random), origin);
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    return new SandboxServer(
        HttpServer.start(address, edge, HttpLimits.DEFAULTS, System::nanoTime), shelf);
  }

  private static List<Route> routes(SandboxHandlers handlers) {
    return List.of(
        Route.post("/v1/jobs", handlers::create).closed(),
        Route.get("/v1/jobs/{id}", handlers::get).closed(),
        Route.delete("/v1/jobs/{id}", handlers::cancel).closed(),
        Route.get("/v1/jobs/{id}/video.mp4", handlers::video).closed(),
        Route.get("/v1/jobs/{id}/poster.jpg", handlers::poster).closed());
  }

  /** Where it listens, for example {@code http://127.0.0.1:41234}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    server.close();
    shelf.close();
  }
}
