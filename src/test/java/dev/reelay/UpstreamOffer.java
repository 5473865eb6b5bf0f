package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.config.ConfigReader;
import dev.reelay.config.ConfigResult;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Channels;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.testkit.RelayHome;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * What an operator does so that a relay sells a model that an upstream makes: one channel of that
 * upstream, the model, its price. The relay's database must run; relays that run hear of it.
 *
 * @param model the public name
 * @param provider the adapter's name
 * @param theirs the upstream's name of the model
 * @param key the upstream's API key
 */
record UpstreamOffer(String model, String provider, URI baseUrl, String theirs, String key) {
  static final Money PRICE = Money.parse("0.05");
  private static final Map<String, String> ABILITIES =
      Map.of("idempotency_key", "true", "callback_url", "true");

  void addTo(RelayHome home) {
    var read = new ConfigReader(home.variables(), home.data().resolveSibling("")).read();
    assertThat(read).isInstanceOf(ConfigResult.Loaded.class);
    var config = ((ConfigResult.Loaded) read).config();
    var name = new ModelName(model);
    try (var desk = new OperatorDesks(InstantSource.system(), new SecureRandom()).open(config)) {
      var channel =
          new Channels.NewChannel(
              model, provider, baseUrl, Channels.Terms.DEFAULT, Map.of(name, theirs), ABILITIES);
      desk.offer().models().save(new Model(name, smallest()));
      desk.offer().models().setPrice(name, new Price.PerVideo(Rates.flat(PRICE)));
      assertThat(desk.offer().channels().add(channel, "main", new Secret(key)))
          .isInstanceOf(Channels.Addition.Added.class);
    }
  }

  private static Capability smallest() {
    return new Capability(
        List.of(1),
        List.of(Resolution.P480),
        List.of(AspectRatio.LANDSCAPE),
        List.of(false),
        Capability.Pictures.NONE);
  }
}
