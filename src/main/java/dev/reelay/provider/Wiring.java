package dev.reelay.provider;

import dev.reelay.asset.AssetFiles;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.task.CallbackAddresses;
import java.util.function.Supplier;

/**
 * Where the engine looks things up.
 *
 * @param inputs the bytes of pictures that callers gave
 */
public record Wiring(
    Supplier<Catalogue> catalogue,
    Credentials credentials,
    Providers providers,
    Budgets budgets,
    AssetFiles inputs,
    CallbackAddresses callbacks) {}
