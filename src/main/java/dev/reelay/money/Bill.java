package dev.reelay.money;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a provider says that a job took.
 *
 * @param units tokens or units, by the kind of its price; empty where it says nothing
 * @param cost the amount, in its own currency; empty where it says nothing
 */
public record Bill(OptionalLong units, Optional<Money> cost) {
  /** It says nothing. */
  public static final Bill SILENT = new Bill(OptionalLong.empty(), Optional.empty());

  public Bill {
    if (units.orElse(0) < 0 || cost.orElse(Money.ZERO).isNegative()) {
      throw new IllegalArgumentException("a bill may not be negative");
    }
  }

  public static Bill ofUnits(OptionalLong units) {
    return new Bill(units, Optional.empty());
  }

  public static Bill ofCost(Optional<Money> cost) {
    return new Bill(OptionalLong.empty(), cost);
  }

  /** Whether it says that nothing was taken. */
  boolean isNothing() {
    return cost.map(Money::isZero).orElseGet(() -> units.isPresent() && units.getAsLong() == 0);
  }
}
