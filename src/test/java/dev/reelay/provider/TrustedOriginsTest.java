package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see a credential. */
class TrustedOriginsTest {
  private static final TrustedOrigins AT_PROVIDER = homes("https://api.bfl.ai");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.bfl.ai/v1/x",
        "https://api.eu1.bfl.ai/v1/get_result?id=b-1",
        "https://API.EU1.BFL.AI/v1/get_result",
        "https://bfl.ai:443/"
      })
  void a_host_of_the_providers_own_domain_is_trusted_by_https(String address) {
    assertThat(AT_PROVIDER.trusts(URI.create(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.eu1.bfl.ai/v1/get_result",
        "https://api.eu1.bfl.ai:8443/v1/get_result",
        "https://evilbfl.ai/v1/get_result",
        "https://bfl.ai.evil.example/v1/get_result",
        "https://evil.example/bfl.ai",
        "https://127.0.0.1/v1/get_result",
        "ftp://api.bfl.ai/x",
        "not-an-address"
      })
  void everything_else_is_not(String address) {
    assertThat(AT_PROVIDER.trusts(URI.create(address))).isFalse();
  }

  @Test
  void a_channel_at_a_proxy_gives_its_credential_to_the_proxy_only() {
    var atProxy = homes("https://proxy.example:9000");

    assertThat(atProxy.trusts(URI.create("https://proxy.example:9000/v1"))).isTrue();
    assertThat(atProxy.trusts(URI.create("https://api.bfl.ai/v1"))).isFalse();
  }

  @Test
  void without_declared_domains_only_the_channels_own_origin_is_trusted() {
    var plain = new TrustedOrigins(Origin.of(URI.create("https://api.bfl.ai")), Set.of());

    assertThat(plain.trusts(URI.create("https://api.bfl.ai/v1"))).isTrue();
    assertThat(plain.trusts(URI.create("https://api.eu1.bfl.ai/v1"))).isFalse();
  }

  private static TrustedOrigins homes(String base) {
    return new TrustedOrigins(Origin.of(URI.create(base)), Set.of("bfl.ai"));
  }
}
