package dev.reelay.money;

import java.math.BigDecimal;

/**
 * What a price is multiplied by: the factor of the plan and the tenant's own, exactly, each of them
 * 0 to 1,000 in millionths.
 */
public record Factors(long planMillionths, long tenantMillionths) {
  /** Such a factor leaves prices as they are. */
  public static final long ONE_MILLIONTHS = 1_000_000;

  public static final long MILLIONTHS_MAX = 1_000 * ONE_MILLIONTHS;

  /** Prices stay as they are. */
  public static final Factors ONE = ofPlan(ONE_MILLIONTHS);

  private static final int PLACES = 6;

  public Factors {
    requireBound(planMillionths);
    requireBound(tenantMillionths);
  }

  /** Of a tenant without a factor of its own. */
  public static Factors ofPlan(long planMillionths) {
    return new Factors(planMillionths, ONE_MILLIONTHS);
  }

  /**
   * Refuses a factor out of bounds.
   *
   * @throws IllegalArgumentException below 0 or above {@link #MILLIONTHS_MAX}
   */
  public static void requireBound(long millionths) {
    if (millionths < 0 || millionths > MILLIONTHS_MAX) {
      throw new IllegalArgumentException("a factor is 0 to 1000: " + millionths + " millionths");
    }
  }

  /** Both in one; the product of two such numbers fits. */
  public Ratio ratio() {
    return new Ratio(planMillionths * tenantMillionths, ONE_MILLIONTHS * ONE_MILLIONTHS);
  }

  /** Both in one as an exact decimal, such as {@code 0.72}. */
  @Override
  public String toString() {
    return decimal(BigDecimal.valueOf(planMillionths * tenantMillionths, 2 * PLACES));
  }

  /** One of them as a decimal: 1,000,000 is {@code 1}. */
  public static String decimal(long millionths) {
    return decimal(BigDecimal.valueOf(millionths, PLACES));
  }

  private static String decimal(BigDecimal factor) {
    return factor.stripTrailingZeros().toPlainString();
  }
}
