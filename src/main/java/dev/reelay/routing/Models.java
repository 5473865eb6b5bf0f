package dev.reelay.routing;

import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import java.time.Instant;
import java.util.List;

/**
 * The port to models, aliases and prices. Every change is one transaction and tells running
 * servers. What is in force is read through {@link CatalogueSource}.
 */
public interface Models {
  /** Adds a model or replaces its capability. */
  void save(Model model);

  /** False if there is no such model. Its prices stay, and channels keep their mapping. */
  boolean remove(ModelName name);

  /** Adds an alias or replaces its targets. */
  void saveAlias(Alias alias);

  /** False if there is no such alias. */
  boolean removeAlias(ModelName name);

  /** Adds the next version of a model's price; tasks already accepted keep theirs. */
  PriceRule setPrice(ModelName model, Price price);

  /** All versions of a model's price, the newest first. */
  List<PriceVersion> priceHistory(ModelName model);

  /** A price rule and since when it holds. */
  record PriceVersion(PriceRule rule, Instant validFrom) {}
}
