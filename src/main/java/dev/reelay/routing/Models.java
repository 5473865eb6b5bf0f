package dev.reelay.routing;

import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The port to models, aliases and prices. Every change is one transaction and tells running
 * servers. What is in force is read through {@link CatalogueSource}.
 */
public interface Models {
  /** Adds a model or replaces all of it. */
  void save(Model model);

  /** False if there is no such model. Its prices stay, and channels keep their mapping. */
  boolean remove(ModelName name);

  /** Adds an alias or replaces its targets. */
  void saveAlias(Alias alias);

  /** False if there is no such alias. */
  boolean removeAlias(ModelName name);

  /** Adds the next version of a model's price; tasks already accepted keep theirs. */
  default PriceRule setPrice(ModelName model, Price price) {
    return setPrices(List.of(new NewPrice(model, price, Optional.empty()))).getFirst();
  }

  /** Adds the next version of each of these, all or none, in their order. */
  List<PriceRule> setPrices(List<NewPrice> prices);

  /**
   * A price that is to hold.
   *
   * @param from when it begins; at once if it does not say. Until then the version before it holds
   */
  record NewPrice(ModelName model, Price price, Optional<Instant> from) {}

  /** All versions of a model's price, the newest first. */
  List<PriceVersion> priceHistory(ModelName model);

  /** A price rule and since when it holds. */
  record PriceVersion(PriceRule rule, Instant validFrom) {}
}
