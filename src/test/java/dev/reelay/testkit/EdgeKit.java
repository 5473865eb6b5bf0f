package dev.reelay.testkit;

import dev.reelay.http.BaseUrl;
import dev.reelay.http.Edge;
import dev.reelay.http.ErrorShape;
import dev.reelay.http.Field;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Real servers on free loopback ports, with a plain error shape. */
public final class EdgeKit {
  /** Writes {@code {"code":…,"request":…}}. */
  public static final ErrorShape PLAIN_ERRORS =
      (context, problem) ->
          new Reply.Ready(
              problem.status(),
              bytes(
                  "{\"code\":\""
                      + problem.code()
                      + "\",\"request\":\""
                      + context.requestId()
                      + "\"}"),
              List.of(Field.JSON));

  private EdgeKit() {}

  public static HttpServer serve(Route... routes) {
    return serve(HttpLimits.DEFAULTS, routes);
  }

  public static HttpServer serve(HttpLimits limits, Route... routes) {
    var origin = new Request.Origin(TrustedProxies.NONE, BaseUrl.asSeen(TrustedProxies.NONE));
    var ids = new RequestIds(new SplittableRandom(1));
    var edge = new Edge(new Routes(List.of(routes)), PLAIN_ERRORS, ids, origin);
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    return HttpServer.start(address, edge, limits, System::nanoTime);
  }

  /** The defaults, but with this patience for every wait. */
  public static HttpLimits impatient(Duration each) {
    var patience = new HttpLimits.Patience(each, each, each, each, each);
    return new HttpLimits(
        patience, HttpLimits.BODIES_IN_FLIGHT_BYTES_MAX, HttpLimits.CONNECTIONS_MAX);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
