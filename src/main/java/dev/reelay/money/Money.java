package dev.reelay.money;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An amount of the one configured currency in whole micros (1 USD = 1,000,000). May be negative in
 * differences; balances and prices check their own sign. Arithmetic that leaves the range of a long
 * throws {@link ArithmeticException}.
 */
public record Money(long micros) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);
  public static final long MICROS_PER_UNIT = 1_000_000;
  private static final int SCALE = 6;

  public static Money ofMicros(long micros) {
    return new Money(micros);
  }

  /**
   * Reads a decimal such as {@code 1.25}.
   *
   * @throws IllegalArgumentException if it is no decimal, has more than six decimal places or is
   *     too large
   */
  public static Money parse(String decimal) {
    try {
      return new Money(new BigDecimal(decimal.strip()).movePointRight(SCALE).longValueExact());
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "not an amount with at most six decimal places: " + decimal, e);
    }
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(micros, other.micros));
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(micros, other.micros));
  }

  public Money min(Money other) {
    return micros <= other.micros ? this : other;
  }

  public Money max(Money other) {
    return micros >= other.micros ? this : other;
  }

  public boolean isZero() {
    return micros == 0;
  }

  public boolean isNegative() {
    return micros < 0;
  }

  public boolean isPositive() {
    return micros > 0;
  }

  /**
   * Multiplies by all ratios, exact inside, rounded once, half away from zero.
   *
   * @throws ArithmeticException if the result does not fit
   */
  public Money timesHalfUp(Ratio... ratios) {
    var product = BigInteger.valueOf(micros);
    var divisor = BigInteger.ONE;
    for (var ratio : ratios) {
      product = product.multiply(BigInteger.valueOf(ratio.numerator()));
      divisor = divisor.multiply(BigInteger.valueOf(ratio.denominator()));
    }
    var twice = product.abs().shiftLeft(1).add(divisor);
    var rounded = twice.divide(divisor.shiftLeft(1));
    return new Money((product.signum() < 0 ? rounded.negate() : rounded).longValueExact());
  }

  /** The exact decimal, for example {@code 1.25}; at least two decimal places. */
  public BigDecimal toDecimal() {
    var exact = BigDecimal.valueOf(micros, SCALE).stripTrailingZeros();
    return exact.scale() < 2 ? exact.setScale(2) : exact;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(micros, other.micros);
  }

  @Override
  public String toString() {
    return toDecimal().toPlainString();
  }
}
