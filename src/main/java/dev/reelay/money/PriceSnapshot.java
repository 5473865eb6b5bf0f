package dev.reelay.money;

/**
 * The price a task was created under, kept with it: whatever the rules become, the task settles on
 * this.
 *
 * @param factorMillionths plan factor; 1,000,000 leaves the price as it is
 * @param asked the usage that the hold was computed for
 */
public record PriceSnapshot(PriceRule rule, long factorMillionths, Usage asked) {
  public static final long FACTOR_ONE = 1_000_000;

  public PriceSnapshot {
    if (factorMillionths < 0) {
      throw new IllegalArgumentException("a factor may not be negative");
    }
  }

  Ratio factor() {
    return new Ratio(factorMillionths, FACTOR_ONE);
  }
}
