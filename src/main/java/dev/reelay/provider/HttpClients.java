package dev.reelay.provider;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.LoggerFactory;

/** Builds the clients inside {@link Outbound}: nothing automatic is left on. */
final class HttpClients {
  static final int CONNECTIONS_PER_HOST_MAX = 256;
  static final int CONNECTIONS_MAX = 2_048;
  private static final int HEADERS_MAX = 200;
  private static final int HEADER_LINE_CHARS_MAX = 16_384;
  private static final int EMPTY_LINES_MAX = 2;
  private static final Duration CONNECTION_LIFE_MAX = Duration.ofMinutes(5);
  private static final String SENDING = "reelay.sending";

  private HttpClients() {}

  /**
   * @param sockets each makes a socket that is not connected
   */
  static CloseableHttpClient create(
      DnsResolver guard,
      Supplier<Socket> sockets,
      Outbound.Limits limits,
      Outbound.Connections connections) {
    shutWireLog();
    var builder =
        HttpClientBuilder.create()
            .setConnectionManager(manager(guard, sockets, limits))
            .setRequestExecutor(new MarkingExecutor())
            .setDefaultRequestConfig(requestConfig(limits))
            .setUserAgent("Reelay")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableConnectionState();
    return switch (connections) {
      case POOLED -> builder.build();
      case FRESH -> builder.setConnectionReuseStrategy((_, _, _) -> false).build();
    };
  }

  /**
   * The client's own log shows every header at debug, credentials among them. Whatever the operator
   * sets for the rest, that log stays shut.
   */
  private static void shutWireLog() {
    if (LoggerFactory.getLogger("org.apache.hc.client5.http") instanceof Logger log) {
      log.setLevel(Level.WARN);
    }
    for (var name : List.of("headers", "wire")) {
      if (LoggerFactory.getLogger("org.apache.hc.client5.http." + name) instanceof Logger log) {
        log.setLevel(Level.OFF);
      }
    }
  }

  private static PoolingHttpClientConnectionManager manager(
      DnsResolver guard, Supplier<Socket> sockets, Outbound.Limits limits) {
    var idle = timeout(limits.idle());
    return new OwnConnections(sockets)
        .setDnsResolver(guard)
        .setMaxConnPerRoute(CONNECTIONS_PER_HOST_MAX)
        .setMaxConnTotal(CONNECTIONS_MAX)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(http1()).build())
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(idle).build())
        .setDefaultTlsConfig(
            TlsConfig.custom().setHandshakeTimeout(timeout(limits.connect())).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(timeout(limits.connect()))
                .setSocketTimeout(idle)
                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                .setTimeToLive(TimeValue.of(CONNECTION_LIFE_MAX))
                .build())
        .build();
  }

  private static Http1Config http1() {
    return Http1Config.custom()
        .setMaxHeaderCount(HEADERS_MAX)
        .setMaxLineLength(HEADER_LINE_CHARS_MAX)
        .setMaxEmptyLineCount(EMPTY_LINES_MAX)
        .build();
  }

  private static RequestConfig requestConfig(Outbound.Limits limits) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(timeout(limits.connect()))
        .setResponseTimeout(timeout(limits.idle()))
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setContentCompressionEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.ofMilliseconds(duration.toMillis());
  }

  /** Dials as it is told: by no proxy of the machine's settings, whatever they say. */
  private static final class OwnConnections extends PoolingHttpClientConnectionManagerBuilder {
    private final Supplier<Socket> sockets;

    OwnConnections(Supplier<Socket> sockets) {
      this.sockets = sockets;
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
        SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
      return new DefaultHttpClientConnectionOperator(
          _ -> sockets.get(),
          ports,
          names,
          RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
    }
  }

  /** Notes the moment before the first byte of a request; the connection is open by then. */
  private static final class MarkingExecutor extends HttpRequestExecutor {
    MarkingExecutor() {
      super(DefaultConnectionReuseStrategy.INSTANCE);
    }

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        HttpResponseInformationCallback callback,
        HttpContext context)
        throws IOException, HttpException {
      context.setAttribute(SENDING, true);
      return super.execute(request, connection, callback, context);
    }
  }

  static boolean mayHaveLeft(HttpContext context) {
    return Boolean.TRUE.equals(context.getAttribute(SENDING));
  }

  /** Our own words: texts of exceptions carry addresses and differ between machines. */
  static String explain(Exception e, boolean mayHaveLeft) {
    return switch (e) {
      case BoundedBody.Unusable unusable -> String.valueOf(unusable.getMessage());
      case ConnectionRequestTimeoutException _ -> "all connections are in use";
      case ProxySocket.Refused refused -> String.valueOf(refused.getMessage());
      case ConnectTimeoutException _ -> "the connection was not opened in time";
      case UnknownHostException unknown -> "no address was found: " + unknown.getMessage();
      case ConnectException _ -> "the connection was refused";
      case SocketTimeoutException _ when mayHaveLeft -> "no answer came in time";
      case SSLException _ when !mayHaveLeft -> "TLS failed";
      case InterruptedIOException _ -> "the call was interrupted";
      default ->
          mayHaveLeft
              ? "the connection broke before the answer was whole"
              : "the connection was not opened (" + e.getClass().getSimpleName() + ")";
    };
  }
}
