package dev.reelay.provider;

import dev.reelay.asset.AssetFiles;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.task.CallbackAddresses;
import java.util.function.Supplier;

/**
 * Where the engine looks things up.
 *
 * @param inputs the pictures that callers gave
 */
public record Wiring(
    Supplier<Catalogue> catalogue,
    Credentials credentials,
    Providers providers,
    Budgets budgets,
    Inputs inputs,
    CallbackAddresses callbacks) {
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
