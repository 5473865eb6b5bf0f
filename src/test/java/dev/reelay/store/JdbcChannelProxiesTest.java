package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.SealBroken;
import dev.reelay.access.Secret;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.ChannelProxy;
import dev.reelay.routing.Channels.Addition;
import dev.reelay.routing.Channels.NewChannel;
import dev.reelay.routing.Channels.Terms;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proxies of channels, sealed and in memory. */
class JdbcChannelProxiesTest {
  private static final ChannelProxy SECRET =
      new ChannelProxy(
          ChannelProxy.Kind.SOCKS5,
          "proxy.example",
          1080,
          true,
          Optional.of(new ChannelProxy.Login("relay", new Secret("the-password"))));
  private static final ChannelProxy PLAIN =
      new ChannelProxy(ChannelProxy.Kind.HTTP, "10.0.0.9", 3128, false, Optional.empty());

  private final StoreKit kit = new StoreKit();
  private final JdbcChannelProxies proxies =
      new JdbcChannelProxies(kit.database.dataSource(), kit.sealer);
  private final CachedProxies cached = new CachedProxies(proxies);

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void a_proxy_opens_for_calls_and_shows_no_password() {
    var east = channel("east");
    proxies.save(east, SECRET);

    assertThat(cached.of(east)).contains(SECRET);
    assertThat(proxies.shown())
        .isEqualTo(Map.of(east, "socks5 proxy.example:1080 as relay, resolves names"));
    assertThat(kit.texts("select p::text from channel_proxy p").getFirst())
        .doesNotContain("the-password");
  }

  @Test
  void a_change_counts_when_it_is_heard_of() {
    var east = channel("east");
    assertThat(cached.of(east)).isEmpty();
    proxies.save(east, SECRET);
    proxies.save(east, PLAIN);
    assertThat(cached.of(east)).isEmpty();

    cached.changed(new Change.OfCatalogue());
    assertThat(cached.of(east)).contains(PLAIN);
    assertThat(proxies.remove(east)).isTrue();
    cached.refresh();

    assertThat(cached.of(east)).isEmpty();
    assertThat(proxies.remove(east)).isFalse();
  }

  @Test
  void a_channel_that_is_not_there_gets_none() {
    assertThat(proxies.save(new ChannelId(99), PLAIN)).isFalse();
  }

  @Test
  void a_password_put_into_another_row_or_an_older_one_put_back_does_not_open() {
    var east = channel("east");
    var west = channel("west");
    proxies.save(east, SECRET);
    var old = kit.texts("select sealed from channel_proxy").getFirst();
    proxies.save(east, SECRET);
    kit.execute("update channel_proxy set sealed = ?", old);
    assertThatThrownBy(() -> cached.of(east)).isInstanceOf(SealBroken.class);

    proxies.save(east, SECRET);
    proxies.save(west, SECRET);
    kit.execute(
        "update channel_proxy set sealed ="
            + " (select sealed from channel_proxy where channel_id = ?)",
        west.value());

    assertThatThrownBy(() -> cached.of(east)).isInstanceOf(SealBroken.class);
  }

  private ChannelId channel(String name) {
    var added =
        new NewChannel(
            name,
            "unified",
            URI.create("https://relay.example"),
            Terms.DEFAULT,
            Map.of(),
            Map.of());
    return ((Addition.Added) kit.channels.add(added, "main", new Secret("a secret"))).id();
  }
}
