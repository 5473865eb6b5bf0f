package dev.reelay.http;

import dev.reelay.money.PriceRule;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.SandboxCatalogue;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sandbox's models on one channel of a provider. */
final class ApiCatalogue {
  private ApiCatalogue() {}

  static Catalogue of(String provider) {
    var models =
        SandboxCatalogue.models().stream().collect(Collectors.toMap(Model::name, model -> model));
    var aliases =
        SandboxCatalogue.aliases().stream()
            .collect(Collectors.toMap(alias -> alias.name(), alias -> alias));
    var prices = new HashMap<ModelName, PriceRule>();
    SandboxCatalogue.prices()
        .forEach((name, price) -> prices.put(name, new PriceRule(1, name.value(), 1, price)));
    var served = models.keySet().stream().collect(Collectors.toMap(name -> name, ModelName::value));
    var channel =
        new Channel(
            new ChannelId(1),
            "only",
            provider,
            URI.create("https://up.example"),
            true,
            Channel.Weight.DEFAULT,
            Channel.Limits.DEFAULT,
            served,
            Map.of(),
            List.of(new CredentialId(1)));
    return new Catalogue(models, aliases, prices, List.of(channel));
  }
}
