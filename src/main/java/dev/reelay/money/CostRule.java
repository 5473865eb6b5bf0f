package dev.reelay.money;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One version of what the provider asks on one channel for one of its models. A change is a new
 * version; an attempt keeps the one it was sent under.
 *
 * @param id the rule's row
 * @param upstreamModel the provider's own name of the model
 * @param version 1, 2, 3 … for each channel and model
 * @param price in the provider's currency; what bounds it says only what to expect
 * @param exchange how much of our currency one of theirs is
 */
public record CostRule(long id, String upstreamModel, int version, Price price, Ratio exchange) {
  public CostRule {
    if (version < 1 || exchange.numerator() <= 0) {
      throw new IllegalArgumentException("versions start at 1, and an exchange is above zero");
    }
  }

  /**
   * What a video may cost at most, told before it is made: by this, channels are compared. Empty if
   * the rule has no line for it.
   */
  public Optional<Money> expected(Usage asked) {
    return fitting(() -> price.amountFor(asked, exchange));
  }

  /**
   * Of a video that was made. Files are often some frames longer than what was asked for and is
   * paid, and of a size that no list names; then what was asked for counts.
   */
  Optional<Cost> costOfMade(Usage asked, Usage facts) {
    var made =
        new Usage(
            Math.min(asked.millis(), facts.millis()),
            facts.resolution(),
            facts.audio(),
            facts.units(),
            Optional.empty(),
            asked.references());
    return byRule(made).or(() -> byRule(asked.withUnits(facts.units())));
  }

  /** Of nothing but tokens or units. */
  Optional<Cost> costOfUnits(OptionalLong units) {
    return switch (price) {
      case Price.PerToken _, Price.PerUnit _ -> byRule(Usage.NOTHING.withUnits(units));
      case Price.PerVideo _, Price.PerSecond _, Price.ReportedCost _ -> Optional.empty();
    };
  }

  /** An amount of theirs in our currency; empty if it is beyond all reason. */
  Optional<Money> converted(Money told) {
    return fitting(
        () ->
            Optional.of(
                price instanceof Price.ReportedCost(long percent, Money _)
                    ? told.timesHalfUp(new Ratio(percent, Price.PERCENT), exchange)
                    : told.timesHalfUp(exchange)));
  }

  private Optional<Cost> byRule(Usage usage) {
    return fitting(() -> price.knownFor(usage, exchange))
        .map(amount -> new Cost(amount, Cost.Basis.RULE));
  }

  /** What a provider says is not believed blindly: no number of it may stop a task from ending. */
  private static Optional<Money> fitting(Supplier<Optional<Money>> amount) {
    try {
      return amount.get();
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }
}
