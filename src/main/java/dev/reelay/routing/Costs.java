package dev.reelay.routing;

import dev.reelay.money.CostRule;
import dev.reelay.money.Price;
import dev.reelay.money.Ratio;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The port to what providers ask of us. Every change is one transaction and tells running servers.
 * What is in force is read through {@link CatalogueSource}.
 */
public interface Costs {
  /** Adds the next version of each of these, all or none, in their order; their channels exist. */
  List<CostRule> set(List<NewCost> costs);

  /** All versions of what is asked for a model on a channel, the newest first. */
  List<CostVersion> history(CostKey of);

  /**
   * A cost that is to hold.
   *
   * @param price in the provider's currency
   * @param exchange how much of our currency one of theirs is
   * @param from when it begins; at once if it does not say. Until then the version before it holds
   */
  record NewCost(CostKey of, Price price, Ratio exchange, Optional<Instant> from) {}

  /** A cost rule and since when it holds. */
  record CostVersion(CostRule rule, Instant validFrom) {}
}
