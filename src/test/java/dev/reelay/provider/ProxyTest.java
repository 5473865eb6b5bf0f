package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.routing.ChannelProxy;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.LittleProxy;
import dev.reelay.testkit.LittleProxy.Mood;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls by way of a proxy, over real sockets. */
@Timeout(20)
class ProxyTest {
  private static final FakeUpstream.Script OK = FakeUpstream.answer(200, "{}");
  private static final Optional<String> LOGIN = Optional.of("relay:pass word");

  private FakeUpstream upstream;
  private Outbound outbound;
  private Optional<LittleProxy> running = Optional.empty();

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start();
    outbound = new Outbound(Set::of, ProxyTest::resolve, ProviderKit.SHORT);
  }

  @AfterEach
  void stop() {
    outbound.close();
    upstream.close();
    running.ifPresent(LittleProxy::close);
  }

  /** Public addresses that nobody could dial from here; the proxies lead elsewhere. */
  private static List<InetAddress> resolve(String host) throws UnknownHostException {
    return switch (host) {
      case "api.example" -> List.of(InetAddress.getByName("8.8.8.8"));
      case "six.example" -> List.of(InetAddress.getByName("2606:4700::1111"));
      case "inside.example" -> List.of(InetAddress.getByName("10.0.0.1"));
      case "proxy.example" -> List.of(InetAddress.getLoopbackAddress());
      default -> List.of(InetAddress.getByName(host));
    };
  }

  @ParameterizedTest
  @EnumSource
  void a_call_goes_by_the_proxy_to_the_address_that_we_looked_up(ChannelProxy.Kind kind) {
    var proxy = proxy(kind, Optional.empty());
    upstream.will(OK, OK);

    assertThat(get(way(kind, false, Optional.empty()), "http://api.example/a"))
        .isInstanceOf(Exchange.Answered.class);
    assertThat(get(way(kind, false, Optional.empty()), "http://six.example/a"))
        .isInstanceOf(Exchange.Answered.class);

    assertThat(proxy.asked().getFirst()).isEqualTo("8.8.8.8:80");
    assertThat(proxy.asked().getLast()).contains("2606:4700").endsWith(":80");
    assertThat(upstream.requests().getFirst().headers()).containsEntry("host", "api.example");
  }

  @ParameterizedTest
  @EnumSource
  void a_login_is_shown_to_the_proxy_and_to_nobody_else(ChannelProxy.Kind kind) {
    proxy(kind, LOGIN);
    upstream.will(OK);

    var good = get(way(kind, false, Optional.of("pass word")), "http://api.example/a");
    var bad = get(way(kind, false, Optional.of("wrong")), "http://api.example/a");

    assertThat(good).isInstanceOf(Exchange.Answered.class);
    assertThat(upstream.requests().getFirst().headers()).doesNotContainKey("proxy-authorization");
    assertThat(bad).isInstanceOf(Exchange.NotSent.class);
    assertThat(bad.toString()).doesNotContain("wrong").contains("the proxy");
  }

  @ParameterizedTest
  @EnumSource
  void names_are_told_to_a_proxy_that_resolves_them(ChannelProxy.Kind kind) {
    var proxy = proxy(kind, Optional.empty());
    upstream.will(OK);

    assertThat(get(way(kind, true, Optional.empty()), "http://only-there.example/a"))
        .isInstanceOf(Exchange.Answered.class);

    assertThat(proxy.asked()).containsExactly("only-there.example:80");
  }

  @ParameterizedTest
  @EnumSource
  void what_the_guard_refuses_never_reaches_the_proxy(ChannelProxy.Kind kind) {
    var proxy = proxy(kind, Optional.empty());

    for (var resolves : List.of(true, false)) {
      var way = way(kind, resolves, Optional.empty());
      assertThat(get(way, "http://127.0.0.1/a")).isInstanceOf(Exchange.Refused.class);
      assertThat(get(way, "http://[::1]/a")).isInstanceOf(Exchange.Refused.class);
      assertThat(get(way, "http://0x7f.1/a")).isInstanceOf(Exchange.Refused.class);
      assertThat(get(way, "http://api.example:22/a")).isInstanceOf(Exchange.Refused.class);
    }
    assertThat(get(way(kind, false, Optional.empty()), "http://inside.example/a"))
        .isInstanceOf(Exchange.Refused.class);

    assertThat(proxy.asked()).isEmpty();
    assertThat(upstream.connections()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void a_proxy_that_does_not_open_the_way_leaves_the_call_unsent(ChannelProxy.Kind kind) {
    var proxy = proxy(kind, Optional.empty());
    for (var mood : List.of(Mood.REFUSING, Mood.GARBLED, Mood.SILENT)) {
      proxy.become(mood);

      assertThat(get(way(kind, false, Optional.empty()), "http://api.example/a"))
          .as("%s", mood)
          .isInstanceOf(Exchange.NotSent.class);
    }
    proxy.close();
    assertThat(get(way(kind, false, Optional.empty()), "http://api.example/a"))
        .isInstanceOf(Exchange.NotSent.class);
    assertThat(upstream.connections()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void a_result_comes_the_same_way_and_our_key_goes_home_only(
      ChannelProxy.Kind kind, @TempDir Path folder) {
    var proxy = proxy(kind, Optional.empty());
    upstream.will(
        FakeUpstream.answer(302, "", "Location: http://six.example/v.mp4"),
        FakeUpstream.answer(200, "video"));
    var home = Origin.of(URI.create("http://api.example"));
    var call =
        Call.get(
            URI.create("http://api.example/v"),
            new Call.SecretHeader("Authorization", "Bearer ", new Secret("key")));

    var download =
        outbound
            .by(Optional.of(way(kind, false, Optional.empty())))
            .download(call, home, folder.resolve("v"), 100, Duration.ofSeconds(5));

    assertThat(download).isInstanceOf(Download.Saved.class);
    assertThat(proxy.asked()).hasSize(2);
    assertThat(upstream.requests().get(0).headers()).containsEntry("authorization", "Bearer key");
    assertThat(upstream.requests().get(1).headers()).doesNotContainKey("authorization");
  }

  @Test
  void ways_do_not_share_connections() {
    var proxy = proxy(ChannelProxy.Kind.HTTP, Optional.empty());
    upstream.will(OK, OK);
    var way = way(ChannelProxy.Kind.HTTP, false, Optional.empty());

    get(way, "http://api.example/a");
    get(
        new ChannelProxy(way.kind(), "localhost", way.port(), false, Optional.empty()),
        "http://api.example/a");

    assertThat(proxy.asked()).hasSize(2);
  }

  private LittleProxy proxy(ChannelProxy.Kind kind, Optional<String> login) {
    var port = URI.create(upstream.baseUrl()).getPort();
    var proxy =
        switch (kind) {
          case HTTP -> LittleProxy.http(login, port);
          case SOCKS5 -> LittleProxy.socks(login, port);
        };
    running = Optional.of(proxy);
    return proxy;
  }

  private ChannelProxy way(ChannelProxy.Kind kind, boolean resolves, Optional<String> password) {
    var login = password.map(text -> new ChannelProxy.Login("relay", new Secret(text)));
    return new ChannelProxy(kind, "proxy.example", running.orElseThrow().port(), resolves, login);
  }

  private Exchange get(ChannelProxy way, String address) {
    var uri = URI.create(address);
    var call = new Call("GET", uri, List.of(), List.of(), new Call.Body.None());
    var home = Origin.of(URI.create("http://api.example"));
    return outbound.by(Optional.of(way)).exchange(call, home, Outbound.Connections.POOLED);
  }
}
