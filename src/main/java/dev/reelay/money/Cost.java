package dev.reelay.money;

import java.util.Locale;
import java.util.Optional;

/**
 * What a job cost us at the provider. It is known or it is not; nobody takes what is not known for
 * nothing. No ledger entry comes of it: a customer pays the price, whatever the cost is.
 *
 * @param amount in our currency, 0 or more
 */
public record Cost(Money amount, Basis basis) {
  public Cost {
    if (amount.isNegative()) {
      throw new IllegalArgumentException("a cost may not be negative: " + amount);
    }
  }

  /** How it is known. */
  public enum Basis {
    /** The provider named the amount. */
    REPORTED,
    /** By our rule from what was made, or from the tokens or units that the provider named. */
    RULE;

    /** The one of this word. */
    public static Basis of(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Of a job whose video was made; empty if nothing tells.
   *
   * @param rule what the provider asked when the job was sent
   * @param asked what the job was sent for
   * @param facts what came back
   */
  public static Optional<Cost> ofMade(Optional<CostRule> rule, Usage asked, Usage facts) {
    return reported(rule, facts.cost())
        .or(() -> rule.flatMap(found -> found.costOfMade(asked, facts)));
  }

  /**
   * Of a job that made no video: only what the provider says that it takes all the same. Empty if
   * it says nothing, since not all let failures go free.
   */
  public static Optional<Cost> ofFailed(Optional<CostRule> rule, Bill bill) {
    if (bill.isNothing()) {
      return Optional.of(new Cost(Money.ZERO, Basis.REPORTED));
    }
    return reported(rule, bill.cost())
        .or(() -> rule.flatMap(found -> found.costOfUnits(bill.units())));
  }

  private static Optional<Cost> reported(Optional<CostRule> rule, Optional<Money> amount) {
    return amount.flatMap(
        told ->
            rule.map(found -> found.converted(told))
                .orElseGet(() -> Optional.of(told))
                .map(money -> new Cost(money, Basis.REPORTED)));
  }
}
