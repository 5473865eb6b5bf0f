package dev.reelay.money;

/**
 * Money reserved for one task at accept: the most it may cost, and the prices it will settle on.
 */
public record Hold(Money max, PriceSnapshot snapshot) {
  public Hold {
    if (max.isNegative()) {
      throw new IllegalArgumentException("a hold may not be negative: " + max);
    }
  }

  /**
   * What the facts cost at the snapshot's prices: never above the hold. Facts that the price has no
   * line for, or that come to more than there is money, are charged as what was asked for.
   */
  public Money chargeFor(Usage facts) {
    var whole = facts.withReferences(snapshot.asked().references());
    try {
      return snapshot.rule().price().amountFor(whole, snapshot.factor()).orElse(max).min(max);
    } catch (ArithmeticException _) {
      return max;
    }
  }
}
