package dev.reelay.access;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The port to tenants and plans. Every change is one transaction and tells running servers. */
public interface Tenants {
  /** Makes a tenant with an empty account. */
  Creation create(String name, String planName);

  Optional<Tenant> find(TenantId id);

  Optional<Tenant> find(String name);

  List<Tenant> list();

  /** False if there is no such tenant or no such plan. */
  boolean setPlan(TenantId id, String planName);

  /**
   * Gives a tenant a price factor of its own, for what it creates from now on; false if there is no
   * such tenant.
   *
   * @param factorMillionths 0 to {@link dev.reelay.money.Factors#MILLIONTHS_MAX}
   */
  boolean setFactor(TenantId id, long factorMillionths);

  List<Plan> plans();

  /**
   * Makes a plan or changes the one of that name.
   *
   * @param openTasksMax 1 or more; empty for no limit
   * @param factorMillionths price factor, 0 or more
   */
  Plan savePlan(String name, OptionalInt openTasksMax, long factorMillionths);

  /** Replaces how often tenants of a plan may call; false if there is no such plan. */
  boolean setRates(String planName, RequestRates rates);

  /** What became of a creation. */
  sealed interface Creation {
    record Created(Tenant tenant) implements Creation {}

    record NameTaken() implements Creation {}

    record UnknownPlan() implements Creation {}
  }
}
