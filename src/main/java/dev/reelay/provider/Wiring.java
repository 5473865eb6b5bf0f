package dev.reelay.provider;

import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import java.util.function.Supplier;

/** Where the engine looks things up. */
public record Wiring(
    Supplier<Catalogue> catalogue, Credentials credentials, Providers providers, Budgets budgets) {}
