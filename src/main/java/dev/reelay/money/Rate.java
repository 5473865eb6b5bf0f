package dev.reelay.money;

import java.util.Optional;

/**
 * One line of a rate table: an amount, and the resolution and audio it is for. An empty condition
 * fits everything.
 */
public record Rate(Optional<Resolution> resolution, Optional<Boolean> audio, Money amount) {
  public Rate {
    if (amount.isNegative()) {
      throw new IllegalArgumentException("a rate may not be negative: " + amount);
    }
  }

  public static Rate flat(Money amount) {
    return new Rate(Optional.empty(), Optional.empty(), amount);
  }

  /** Whether this line could apply to the usage; what the usage leaves open fits any condition. */
  boolean couldFit(Usage usage) {
    return open(resolution, usage.resolution()) && open(audio, usage.audio());
  }

  int conditions() {
    return (resolution.isPresent() ? 1 : 0) + (audio.isPresent() ? 1 : 0);
  }

  private static <T> boolean open(Optional<T> condition, Optional<T> fact) {
    return condition.isEmpty() || fact.isEmpty() || condition.equals(fact);
  }
}
