package dev.reelay.money;

import java.util.Optional;

/** Computes what a request would hold. */
public final class Quote {
  private Quote() {}

  /**
   * The hold for the most that was asked for; empty if the rule has no price for it.
   *
   * @param factors of the tenant who asks
   */
  public static Optional<Hold> hold(PriceRule rule, Factors factors, Usage asked) {
    var snapshot = new PriceSnapshot(rule, factors, asked);
    return rule.price().amountFor(asked, snapshot.factor()).map(max -> new Hold(max, snapshot));
  }
}
