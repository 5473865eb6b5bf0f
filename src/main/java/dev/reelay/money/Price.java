package dev.reelay.money;

import java.util.Optional;

/** How a model is priced. Every kind has an upper bound, since a create holds the maximum. */
public sealed interface Price {
  /** One amount a video. */
  record PerVideo(Rates rates) implements Price {}

  /** One amount a second of video, settled to the millisecond. */
  record PerSecond(Rates rates) implements Price {}

  /**
   * One amount a million tokens.
   *
   * @param tokensMax the most tokens one video may take: what a create holds
   */
  record PerToken(Money perMillion, long tokensMax) implements Price {
    public PerToken {
      requireBound(perMillion, tokensMax);
    }
  }

  /**
   * One amount a provider's unit (credit).
   *
   * @param unitsMax the most units one video may take: what a create holds
   */
  record PerUnit(Money perUnit, long unitsMax) implements Price {
    public PerUnit {
      requireBound(perUnit, unitsMax);
    }
  }

  /**
   * The provider's reported cost times a factor.
   *
   * @param factorPercent 100 passes the cost on as it is
   * @param max what a create holds and the most that is charged
   */
  record ReportedCost(long factorPercent, Money max) implements Price {
    public ReportedCost {
      requireBound(max, factorPercent);
    }
  }

  long TOKENS_PER_RATE = 1_000_000;
  long MILLIS_PER_SECOND = 1_000;
  long PERCENT = 100;

  /**
   * The amount for this usage times a factor, rounded once; empty if the price has no line for it.
   * Never negative.
   */
  default Optional<Money> amountFor(Usage usage, Ratio factor) {
    return switch (this) {
      case PerVideo(Rates rates) -> rates.highest(usage).map(amount -> amount.timesHalfUp(factor));
      case PerSecond(Rates rates) ->
          rates
              .highest(usage)
              .map(rate -> rate.timesHalfUp(new Ratio(usage.millis(), MILLIS_PER_SECOND), factor));
      case PerToken(Money perMillion, long tokensMax) ->
          Optional.of(
              perMillion.timesHalfUp(
                  new Ratio(usage.units().orElse(tokensMax), TOKENS_PER_RATE), factor));
      case PerUnit(Money perUnit, long unitsMax) ->
          Optional.of(perUnit.timesHalfUp(new Ratio(usage.units().orElse(unitsMax), 1), factor));
      case ReportedCost(long factorPercent, Money max) ->
          Optional.of(
              usage
                  .cost()
                  .map(cost -> cost.timesHalfUp(new Ratio(factorPercent, PERCENT), factor))
                  .orElseGet(() -> max.timesHalfUp(factor)));
    };
  }

  /**
   * The amount for facts alone, rounded once: where the bound of this price would have to stand in
   * for something that nobody said, it is empty.
   */
  default Optional<Money> knownFor(Usage facts, Ratio factor) {
    var isTold =
        switch (this) {
          case PerVideo(Rates rates) -> rates.surely(facts).isPresent();
          case PerSecond(Rates rates) -> rates.surely(facts).isPresent();
          case PerToken _, PerUnit _ -> facts.units().isPresent();
          case ReportedCost _ -> facts.cost().isPresent();
        };
    return isTold ? amountFor(facts, factor) : Optional.empty();
  }

  private static void requireBound(Money amount, long bound) {
    if (amount.isNegative() || bound <= 0) {
      throw new IllegalArgumentException("a price needs amounts of 0 or more and a positive bound");
    }
  }
}
