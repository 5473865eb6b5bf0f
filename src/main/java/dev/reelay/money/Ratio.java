package dev.reelay.money;

/** An exact factor for money, such as 1500 milliseconds to a second: 1500/1000. */
public record Ratio(long numerator, long denominator) {
  public Ratio {
    if (denominator <= 0) {
      throw new IllegalArgumentException("a denominator is positive: " + denominator);
    }
  }
}
