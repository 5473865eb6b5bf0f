package dev.reelay.routing;

import dev.reelay.money.CostRule;
import dev.reelay.money.PriceRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything an operator configures about models, as it stood at one moment. Immutable. */
public record Catalogue(
    Map<ModelName, Model> models,
    Map<ModelName, Alias> aliases,
    Map<ModelName, PriceRule> prices,
    List<Channel> channels,
    Map<CostKey, CostRule> costs) {
  public static final Catalogue EMPTY = new Catalogue(Map.of(), Map.of(), Map.of(), List.of());

  public Catalogue {
    models = Map.copyOf(models);
    aliases = Map.copyOf(aliases);
    prices = Map.copyOf(prices);
    channels = List.copyOf(channels);
    costs = Map.copyOf(costs);
  }

  /** One in which nobody said what providers ask. */
  public Catalogue(
      Map<ModelName, Model> models,
      Map<ModelName, Alias> aliases,
      Map<ModelName, PriceRule> prices,
      List<Channel> channels) {
    this(models, aliases, prices, channels, Map.of());
  }

  /** The models a public name stands for, in order; empty if the name is unknown. */
  public List<Model> behind(ModelName name) {
    var model = models.get(name);
    if (model != null) {
      return List.of(model);
    }
    var alias = aliases.get(name);
    return alias == null
        ? List.of()
        : alias.targets().stream().flatMap(t -> find(t).stream()).toList();
  }

  public boolean isAlias(ModelName name) {
    return !models.containsKey(name) && aliases.containsKey(name);
  }

  public Optional<Model> find(ModelName name) {
    return Optional.ofNullable(models.get(name));
  }

  public Optional<PriceRule> price(ModelName name) {
    return Optional.ofNullable(prices.get(name));
  }

  /** What the provider asks on that channel for one of its models. */
  public Optional<CostRule> cost(ChannelId channel, String upstreamModel) {
    return Optional.ofNullable(costs.get(new CostKey(channel, upstreamModel)));
  }

  public Optional<Channel> channel(ChannelId id) {
    return channels.stream().filter(channel -> channel.id().equals(id)).findFirst();
  }

  /** Whether some channel in use serves the model. */
  public boolean isServed(ModelName name) {
    return channels.stream().anyMatch(channel -> channel.serves(name));
  }
}
