package dev.reelay.provider;

import dev.reelay.routing.ChannelProxy;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one class through which the program connects to anything outside. It resolves once, refuses
 * what is not public unless the operator listed it, dials what it resolved, follows no redirect by
 * itself, repeats nothing, and never sends a credential to another origin. Calls block and end
 * within their limits; what goes wrong is a value.
 */
public final class Outbound implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);
  static final int REDIRECTS_MAX = 3;

  /** The home of calls that carry no credential; nothing is there. */
  private static final Origin NOBODY = Origin.of(URI.create("https://nobody.invalid"));

  /** One for each proxy that was ever used: operators set few and seldom change them. */
  private final ConcurrentHashMap<ChannelProxy, Outbound> ways = new ConcurrentHashMap<>();

  private final Guard guard;
  private final Names names;
  private final Limits limits;
  private final ScheduledThreadPoolExecutor timer;

  /** Keeps connections, for questions that may be asked again. */
  private final CloseableHttpClient pooled;

  /** A new connection each time: a create on a stale one could not be told from a lost one. */
  private final CloseableHttpClient fresh;

  /**
   * How long and how much.
   *
   * @param connect longest wait for a connection, and for TLS
   * @param idle longest silence while an answer is read
   * @param call longest API call in all
   * @param bodyBytesMax largest answer to an API call, after decompression
   */
  public record Limits(Duration connect, Duration idle, Duration call, int bodyBytesMax) {
    public static final int UPSTREAM_BODY_BYTES_MAX = 1 << 20;
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            UPSTREAM_BODY_BYTES_MAX);
  }

  /** Which connections a call may use. */
  public enum Connections {
    POOLED,
    FRESH
  }

  /**
   * @param listed host:port pairs that the operator allows although they are not public; asked at
   *     each call
   */
  public Outbound(Supplier<Set<HostPort>> listed, Names names, Limits limits) {
    this(new Guard(listed, names, false), names, limits, Optional.empty());
  }

  private Outbound(Guard guard, Names names, Limits limits, Optional<ChannelProxy> proxy) {
    this.guard = guard;
    this.names = names;
    this.limits = limits;
    this.timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
    this.timer.setRemoveOnCancelPolicy(true);
    Supplier<Socket> sockets =
        () ->
            proxy
                .<Socket>map(way -> new ProxySocket(way, names))
                .orElseGet(() -> new Socket(Proxy.NO_PROXY));
    this.pooled = HttpClients.create(guard, sockets, limits, Connections.POOLED);
    this.fresh = HttpClients.create(guard, sockets, limits, Connections.FRESH);
  }

  /**
   * The same door by way of a proxy, or this one. Targets are held against the same rules; only
   * where the proxy looks up names itself are their addresses not seen here. Connections by
   * different ways are never mixed.
   */
  Outbound by(Optional<ChannelProxy> proxy) {
    return proxy.map(way -> ways.computeIfAbsent(way, this::open)).orElse(this);
  }

  private Outbound open(ChannelProxy way) {
    return new Outbound(guard.by(way), names, limits, Optional.of(way));
  }

  /**
   * Makes one API call. Redirects are answers like any other.
   *
   * @param home the channel's own origin: the only one that sees {@link Call#secrets}
   */
  public Exchange exchange(Call call, Origin home, Connections connections) {
    var refusal = guard.refusal(call.uri(), home);
    if (refusal.isPresent()) {
      return new Exchange.Refused(refusal.get());
    }
    return exchange(
        call,
        home,
        connections,
        switch (call.answer()) {
          case Call.Answer.AsItIs _ -> this::read;
          case Call.Answer.Skimmed _, Call.Answer.Inside _ -> this::skim;
        });
  }

  private Exchange exchange(
      Call call, Origin home, Connections connections, Reading<Reply> reading) {
    var flight = new Flight();
    try {
      return new Exchange.Answered(flight.run(connections, limits.call(), call, home, reading));
    } catch (Guard.AddressRefused e) {
      return new Exchange.Refused(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      var why = flight.why(e);
      return flight.mayHaveLeft() ? new Exchange.Lost(why) : new Exchange.NotSent(why);
    }
  }

  /** Why nothing is ever sent to this address, from its text alone; nobody's channel is there. */
  public Optional<String> refusal(URI uri) {
    return guard.refusal(uri, NOBODY);
  }

  /**
   * Makes a call to somebody who has no channel here, on a connection of its own. Of the answer
   * only the beginning is read; redirects are answers like any other.
   */
  public Exchange post(Call call) {
    var refusal = refusal(call.uri());
    if (refusal.isPresent()) {
      return new Exchange.Refused(refusal.get());
    }
    return exchange(call, NOBODY, Connections.FRESH, this::readBeginning);
  }

  /** Fetches a file of somebody who has no channel here; else as {@link #download}. */
  public Download fetch(Call call, Path into, long bytesMax, Duration deadline) {
    return download(call, NOBODY, into, bytesMax, deadline);
  }

  /**
   * Fetches a file into a path, overwriting it: the answer itself, or what {@link Call#answer} says
   * stands in it. At most {@link #REDIRECTS_MAX} redirects are followed; each passes the guard,
   * none goes from https to http, and headers of ours stay behind on the first origin.
   *
   * @param deadline longest time in all
   */
  public Download download(Call call, Origin home, Path into, long bytesMax, Duration deadline) {
    var ends = System.nanoTime() + deadline.toNanos();
    var current = call;
    for (var hop = 0; hop <= REDIRECTS_MAX; hop++) {
      var left = Duration.ofNanos(ends - System.nanoTime());
      switch (fetchOnce(current, home, new FileSink(into, bytesMax, call.answer()), left)) {
        case Hop.End(Download end) -> {
          return end;
        }
        case Hop.Onward(URI to) -> {
          if (current.uri().getScheme().equals("https") && !"https".equals(to.getScheme())) {
            return new Download.Refused("a redirect leads from https to http");
          }
          current = current.movedTo(to);
        }
      }
    }
    return new Download.Broken("more than " + REDIRECTS_MAX + " redirects");
  }

  /** One hop of a download. */
  sealed interface Hop {
    record End(Download download) implements Hop {}

    record Onward(URI to) implements Hop {}
  }

  private Hop fetchOnce(Call call, Origin home, FileSink sink, Duration left) {
    var refusal = guard.refusal(call.uri(), home);
    if (refusal.isPresent()) {
      return new Hop.End(new Download.Refused(refusal.get()));
    }
    var flight = new Flight();
    try {
      return flight.run(
          Connections.FRESH, left, call, home, response -> sink.take(response, call.uri()));
    } catch (Guard.AddressRefused e) {
      return new Hop.End(new Download.Refused(String.valueOf(e.getMessage())));
    } catch (IOException | RuntimeException e) {
      return new Hop.End(new Download.Broken(flight.why(e)));
    }
  }

  private Reply read(ClassicHttpResponse response) throws IOException {
    return BoundedBody.read(response, limits.bodyBytesMax());
  }

  private Reply skim(ClassicHttpResponse response) throws IOException {
    return BoundedBody.skimmed(response, limits.bodyBytesMax());
  }

  private Reply readBeginning(ClassicHttpResponse response) throws IOException {
    return BoundedBody.beginning(response, limits.bodyBytesMax());
  }

  private static HttpUriRequestBase request(Call call, Origin home) {
    var request = new HttpUriRequestBase(call.method(), URI.create(call.uri().toASCIIString()));
    request.setHeader("Accept-Encoding", "identity");
    call.headers().forEach(header -> request.addHeader(header.name(), header.value()));
    if (Origin.of(call.uri()).equals(home)) {
      call.secrets().forEach(s -> request.setHeader(s.name(), s.prefix() + s.secret().reveal()));
    }
    switch (call.body()) {
      case Call.Body.None _ -> {}
      case Call.Body.Text(String contentType, String text) ->
          request.setEntity(
              new StringEntity(text, ContentType.parse(contentType).withCharset("UTF-8")));
      case Call.Body.Multipart(var parts) -> request.setEntity(FormBytes.of(parts).entity());
    }
    return request;
  }

  @Override
  public void close() {
    ways.values().forEach(Outbound::close);
    timer.shutdownNow();
    pooled.close(CloseMode.IMMEDIATE);
    fresh.close(CloseMode.IMMEDIATE);
  }

  /** Reads an answer. */
  private interface Reading<T> {
    T read(ClassicHttpResponse response) throws IOException;
  }

  /** One call under way: its deadline, and whether a byte of it may have left. */
  private final class Flight {
    private final HttpClientContext context = HttpClientContext.create();
    private final AtomicBoolean late = new AtomicBoolean();

    <T> T run(Connections how, Duration within, Call call, Origin home, Reading<T> reading)
        throws IOException {
      if (!within.isPositive()) {
        throw new BoundedBody.Unusable("no time is left");
      }
      var request = request(call, home);
      var alarm = timer.schedule(() -> abandon(request), within.toMillis(), TimeUnit.MILLISECONDS);
      try {
        var place = Origin.of(call.uri());
        var target = new HttpHost(place.scheme(), place.place().host(), place.place().port());
        var client = how == Connections.POOLED ? pooled : fresh;
        return answer(client.executeOpen(target, request, context), request, reading);
      } finally {
        alarm.cancel(false);
      }
    }

    /**
     * Closing would read an answer to its end, however long; so the connection is cut first. If the
     * answer was read to its end the connection is back in the pool by now, and nothing is cut.
     */
    private <T> T answer(
        ClassicHttpResponse response, HttpUriRequestBase request, Reading<T> reading)
        throws IOException {
      try {
        return reading.read(response);
      } finally {
        request.abort();
        closeQuietly(response);
      }
    }

    private void closeQuietly(ClassicHttpResponse response) {
      try {
        response.close();
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("a connection closed with a fault");
      }
    }

    /** Closing may wait for the network, so the timer's own thread does not do it. */
    private void abandon(HttpUriRequestBase request) {
      late.set(true);
      Thread.startVirtualThread(request::abort);
    }

    boolean mayHaveLeft() {
      return HttpClients.mayHaveLeft(context);
    }

    /** Words without addresses or texts of the other side. */
    String why(Exception e) {
      return late.get() ? "the call took too long" : HttpClients.explain(e, mayHaveLeft());
    }
  }
}
