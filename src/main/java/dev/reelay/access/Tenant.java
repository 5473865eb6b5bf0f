package dev.reelay.access;

import dev.reelay.money.Factors;

/**
 * Who owns balance, keys and tasks.
 *
 * @param factorMillionths its own price factor, beside that of its plan; 1,000,000 leaves prices as
 *     they are
 */
public record Tenant(TenantId id, String name, Plan plan, long factorMillionths) {
  public Tenant {
    Factors.requireBound(factorMillionths);
  }

  /** A tenant without a price factor of its own. */
  public Tenant(TenantId id, String name, Plan plan) {
    this(id, name, plan, Factors.ONE_MILLIONTHS);
  }

  /** What every price is multiplied by for it. */
  public Factors factors() {
    return new Factors(plan.factorMillionths(), factorMillionths);
  }
}
