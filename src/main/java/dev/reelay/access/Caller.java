package dev.reelay.access;

import java.util.OptionalInt;

/** A request's key together with its tenant, as the edge found them. */
public record Caller(ApiKey key, Tenant tenant) {
  /** Open tasks allowed at once: the key's own limit if it has one; a declared key has no other. */
  public OptionalInt openTasksMax() {
    return key.openTasksMax().isPresent() || key.declared()
        ? key.openTasksMax()
        : tenant.plan().openTasksMax();
  }

  /** Calls allowed a minute: a declared key has its own, all others share those of their tenant. */
  public RequestRates rates() {
    return key.declared() ? key.rates() : tenant.plan().effectiveRates();
  }
}
