package dev.reelay.http.helidon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.Answer;
import dev.reelay.http.BaseUrl;
import dev.reelay.http.BodyBudget;
import dev.reelay.http.Edge;
import dev.reelay.http.HttpLimits;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.RequestIds;
import dev.reelay.http.Routes;
import dev.reelay.http.TrustedProxies;
import dev.reelay.testkit.EdgeKit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One connection, over a socket from which a request of the library's comes again and again. */
class WireTest {
  private static final byte[] BYTES = "POST / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII);

  private final Wire wire = wire();

  @Test
  void a_kept_answer_is_given_out_once() {
    var answer = new Answer(Reply.empty(204), List.of());
    wire.keep(answer);

    assertThat(wire.takeKept()).contains(answer);
    assertThat(wire.takeKept()).isEmpty();
  }

  @Test
  void an_answer_that_nobody_came_back_for_does_not_reach_the_next_request() {
    wire.keep(new Answer(Reply.empty(204), List.of()));

    wire.dataReader().ensureAvailable();

    assertThat(wire.dataReader().available()).isEqualTo(BYTES.length);
    assertThat(wire.takeKept()).isEmpty();
  }

  private static Wire wire() {
    var peer =
        only(
            PeerInfo.class,
            Map.of("address", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
    var socket = only(HelidonSocket.class, Map.of("get", BYTES));
    var inner = only(ConnectionContext.class, Map.of("serverSocket", socket, "remotePeer", peer));
    var origin = new Request.Origin(TrustedProxies.NONE, BaseUrl.asSeen(TrustedProxies.NONE));
    var ids = new RequestIds(new SplittableRandom(1));
    var edge = new Edge(new Routes(List.of()), EdgeKit.PLAIN_ERRORS, ids, origin);
    var budget = new BodyBudget(HttpLimits.BODIES_IN_FLIGHT_BYTES_MAX);
    var quick = new QuickPath(edge, () -> false);
    return new Wire(
        inner, new Wire.Terms(HttpLimits.DEFAULTS, budget, () -> 0, Router.empty(), quick));
  }

  /** The library's interfaces are wide; here is what of one is asked for, and nothing else. */
  private static <T> T only(Class<T> type, Map<String, Object> answers) {
    var proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> {
              var answer = answers.get(method.getName());
              if (answer == null) {
                throw new UnsupportedOperationException(method.toString());
              }
              return answer;
            });
    return type.cast(proxy);
  }
}
