package dev.reelay.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** An exact factor for money, such as 1500 milliseconds to a second: 1500/1000. */
public record Ratio(long numerator, long denominator) {
  public static final Ratio ONE = new Ratio(1, 1);

  /** Either part of a ratio that was read, after cancelling. */
  static final long PART_MAX = 1_000_000_000_000L;

  private static final String NUMBER = "[0-9]{1,12}(\\.[0-9]{1,12})?";
  private static final int DECIMAL_PLACES_MAX = 12;

  public Ratio {
    if (denominator <= 0) {
      throw new IllegalArgumentException("a denominator is positive: " + denominator);
    }
  }

  /**
   * Reads a decimal such as {@code 0.14}, or one over another such as {@code 1/7.12}; in lowest
   * terms.
   *
   * @throws IllegalArgumentException if it is neither, not above zero, or too long
   */
  public static Ratio parse(String text) {
    var parts = text.strip().split("/", -1);
    if (parts.length > 2 || !parts[0].matches(NUMBER) || !parts[parts.length - 1].matches(NUMBER)) {
      throw notOne(text);
    }
    var over = parts.length == 2 ? new BigDecimal(parts[1]) : BigDecimal.ONE;
    var above = new BigDecimal(parts[0]);
    if (above.signum() == 0 || over.signum() == 0) {
      throw notOne(text);
    }
    var scale = Math.max(above.scale(), over.scale());
    var numerator = above.movePointRight(scale).toBigIntegerExact();
    var denominator = over.movePointRight(scale).toBigIntegerExact();
    var common = numerator.gcd(denominator);
    return new Ratio(part(numerator.divide(common), text), part(denominator.divide(common), text));
  }

  private static long part(BigInteger part, String text) {
    if (part.compareTo(BigInteger.valueOf(PART_MAX)) > 0) {
      throw notOne(text);
    }
    return part.longValueExact();
  }

  private static IllegalArgumentException notOne(String text) {
    return new IllegalArgumentException(
        "not a rate above zero such as 0.14 or 1/7.12, or one with too many digits: " + text);
  }

  /** A decimal where that is exact, else a fraction; {@link #parse} reads both. */
  @Override
  public String toString() {
    var above = BigDecimal.valueOf(numerator);
    var over = BigDecimal.valueOf(denominator);
    var decimal = above.divide(over, DECIMAL_PLACES_MAX, RoundingMode.DOWN);
    return decimal.multiply(over).compareTo(above) == 0
        ? decimal.stripTrailingZeros().toPlainString()
        : numerator + "/" + denominator;
  }
}
