package dev.reelay.http.helidon;

import dev.reelay.http.BodyBudget;
import dev.reelay.http.CannotListen;
import dev.reelay.http.Edge;
import dev.reelay.http.Field;
import dev.reelay.http.HttpLimits;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * An HTTP/1.1 server: one virtual thread a connection, every wait bounded (see {@link HttpLimits}).
 * Runs until it is closed.
 */
public final class HttpServer implements AutoCloseable {
  private static final int ACCEPTED_BEYOND_MAX = 256;
  private static final int SEND_BUFFER_BYTES = 128 << 10;

  private final WebServer server;
  private final Wires wires;
  private final AtomicBoolean isStopping;

  private HttpServer(WebServer server, Wires wires, AtomicBoolean isStopping) {
    this.server = server;
    this.wires = wires;
    this.isStopping = isStopping;
  }

  /**
   * Starts to listen.
   *
   * @param address port 0 takes any free one
   * @param nanos a clock that only runs forward, such as {@code System::nanoTime}
   * @throws CannotListen if the address is taken or not ours
   */
  public static HttpServer start(
      InetSocketAddress address, Edge edge, HttpLimits limits, LongSupplier nanos) {
    requireFree(address);
    var isStopping = new AtomicBoolean();
    int connectionsMax = OpenFiles.connections(limits.connections());
    var wires = new Wires(connectionsMax, shortestMillis(limits.patience()), nanos);
    var router = new SingleRouter(new EdgeRouting(edge, isStopping::get));
    var budget = new BodyBudget(limits.bodiesInFlightBytes());
    var quick = new QuickPath(edge, isStopping::get);
    var terms = new Wire.Terms(limits, budget, nanos, router, quick);
    var server =
        WebServer.builder()
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .bindAddress(address)
            .addConnectionSelector(new GuardedSelector(http1(), terms, wires))
            .maxTcpConnections(connectionsMax + ACCEPTED_BEYOND_MAX)
            .connectionOptions(
                options -> options.tcpNoDelay(true).socketSendBufferSize(SEND_BUFFER_BYTES))
            .shutdownGracePeriod(limits.patience().stop())
            .errorHandling(errors -> errors.includeEntity(true))
            .directHandlers(directHandlers(edge))
            .build();
    server.start();
    if (!server.isRunning()) {
      wires.close();
      throw new CannotListen(address, "the server did not start");
    }
    return new HttpServer(server, wires, isStopping);
  }

  /** The library logs a stack trace and does not tell why; so the socket is tried before. */
  private static void requireFree(InetSocketAddress address) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
    } catch (IOException e) {
      throw new CannotListen(address, String.valueOf(e.getMessage()));
    }
  }

  /** The port that is listened on. */
  public int port() {
    return server.port();
  }

  /** How many connections are open. */
  public int connections() {
    return wires.count();
  }

  /**
   * Stops: takes no new connection, ends idle ones, and waits for running requests as long as the
   * limits say.
   */
  @Override
  public void close() {
    isStopping.set(true);
    wires.stopWaiting();
    server.stop();
    wires.close();
  }

  private static long shortestMillis(HttpLimits.Patience patience) {
    long shortest = Math.min(patience.head().toMillis(), patience.body().toMillis());
    return Math.min(shortest, Math.min(patience.idle().toMillis(), patience.write().toMillis()));
  }

  /**
   * Path and query are not judged by the library: {@code Normalise} does, and it is more lenient.
   * So is the Host field, which it would match against patterns on each request. Answers need no
   * second look: {@link Field} lets no value through that could end a header. The listeners that
   * log each request are off: even silent they ask the log seven times a query.
   */
  @SuppressWarnings("removal") // The newer way to switch the listeners off is only to come.
  private static Http1ConnectionSelector http1() {
    var config =
        Http1Config.builder()
            .maxPrologueLength(HttpLimits.REQUEST_LINE_BYTES_MAX)
            .maxHeadersSize(HttpLimits.HEADER_BYTES_MAX)
            .validatePrologue(false)
            .validatePath(false)
            .validateRequestHostHeader(false)
            .validateResponseHeaders(false)
            .receiveLog(false)
            .sendLog(false)
            .sendKeepAliveHeader(false)
            .build();
    return Http1ConnectionSelector.builder().config(config).build();
  }

  private static DirectHandlers directHandlers(Edge edge) {
    var builder = DirectHandlers.builder();
    for (var type : DirectHandler.EventType.values()) {
      builder.addHandler(type, new EdgeDirectHandler(edge));
    }
    return builder.build();
  }
}
