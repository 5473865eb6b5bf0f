package dev.reelay.provider;

import dev.reelay.asset.AssetFiles;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.ChannelProxy;
import dev.reelay.task.CallbackAddresses;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the engine looks things up.
 *
 * @param inputs the pictures that callers gave
 * @param proxies by way of which a channel's calls go
 */
public record Wiring(
    Supplier<Catalogue> catalogue,
    Credentials credentials,
    Providers providers,
    Budgets budgets,
    Inputs inputs,
    CallbackAddresses callbacks,
    Function<ChannelId, Optional<ChannelProxy>> proxies) {
  /** Of an engine whose channels have no proxies. */
  public Wiring(
      Supplier<Catalogue> catalogue,
      Credentials credentials,
      Providers providers,
      Budgets budgets,
      Inputs inputs,
      CallbackAddresses callbacks) {
    this(catalogue, credentials, providers, budgets, inputs, callbacks, _ -> Optional.empty());
  }

  /** Of an engine that neither fetches pictures nor publishes them. */
  public Wiring(
      Supplier<Catalogue> catalogue,
      Credentials credentials,
      Providers providers,
      Budgets budgets,
      AssetFiles inputs,
      CallbackAddresses callbacks) {
    this(catalogue, credentials, providers, budgets, Inputs.of(inputs), callbacks);
  }
}
