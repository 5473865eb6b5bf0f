package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.testkit.FakeIncoming;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      TrustedProxies.parse(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/33"));

  @Test
  void nobody_is_trusted_unless_named_not_even_loopback() {
    assertThat(TrustedProxies.NONE.trusts(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
    assertThat(TrustedProxies.NONE.trusts(InetAddress.ofLiteral("::1"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.255.0.1, true",
    "11.0.0.1, false",
    "192.0.2.7, true",
    "192.0.2.6, false",
    "2001:db8:7fff::1, true",
    "2001:db8:8000::1, false",
    "::ffff:10.0.0.1, true",
  })
  void a_block_holds_its_addresses(String address, boolean trusted) {
    assertThat(proxies.trusts(InetAddress.ofLiteral(address))).isEqualTo(trusted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10/8", "::/129"})
  void what_is_no_block_is_refused(String entry) {
    assertThatThrownBy(() -> TrustedProxies.parse(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 1.2.3.4, 203.0.113.9",
    "10.0.0.1, 1.2.3.4, 1.2.3.4",
    "10.0.0.1, '6.6.6.6, 1.2.3.4', 1.2.3.4",
    "10.0.0.1, '6.6.6.6, 1.2.3.4, 10.0.0.2', 1.2.3.4",
    "10.0.0.1, '1.2.3.4:4711', 1.2.3.4",
    "10.0.0.1, '[2001:4860::8]:443', 2001:4860::8",
    "10.0.0.1, '1.2.3.4, unknown', 10.0.0.1",
    "10.0.0.1, '', 10.0.0.1",
    "10.0.0.1, '10.0.0.2, 10.0.0.3', 10.0.0.2",
  })
  void the_client_is_the_rightmost_hop_that_is_not_ours(String peer, String chain, String client) {
    var incoming = new FakeIncoming(peer).with(FieldName.X_FORWARDED_FOR, chain);

    assertThat(proxies.client(incoming)).isEqualTo(InetAddress.ofLiteral(client));
  }

  @Test
  void the_base_url_is_as_seen_by_the_client() {
    var incoming = forwarded("203.0.113.9");

    assertThat(BaseUrl.asSeen(proxies).of(incoming)).isEqualTo("http://inner:8080");
  }

  @Test
  void a_trusted_proxy_tells_scheme_and_host() {
    var incoming = forwarded("10.0.0.1");

    assertThat(BaseUrl.asSeen(proxies).of(incoming)).isEqualTo("https://relay.example");
    assertThat(BaseUrl.asSeen(TrustedProxies.NONE).of(incoming)).isEqualTo("http://inner:8080");
  }

  @Test
  void a_host_with_junk_is_not_written_back() {
    var junk = new FakeIncoming("10.0.0.1").with(FieldName.HOST, "evil.example/<script>");

    assertThat(BaseUrl.asSeen(proxies).of(junk)).isEqualTo("http://localhost");
    assertThat(
            BaseUrl.asSeen(proxies)
                .of(forwarded("10.0.0.1").with(FieldName.X_FORWARDED_HOST, "a b")))
        .isEqualTo("https://inner:8080");
  }

  @Test
  void the_configured_url_is_the_only_base() {
    var fixed = BaseUrl.fixed(URI.create("https://public.example/relay/"));

    assertThat(fixed.of(forwarded("10.0.0.1"))).isEqualTo("https://public.example/relay");
    assertThatThrownBy(() -> BaseUrl.fixed(URI.create("public.example")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FakeIncoming forwarded(String peer) {
    return new FakeIncoming(peer)
        .with(FieldName.HOST, "inner:8080")
        .with(FieldName.X_FORWARDED_PROTO, "https")
        .with(FieldName.X_FORWARDED_HOST, "relay.example");
  }
}
