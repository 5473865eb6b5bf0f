package dev.reelay.money;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of a rate table: an amount, and the resolution, audio and reference input it is for. An
 * empty condition fits everything.
 */
public record Rate(
    Optional<Resolution> resolution,
    Optional<Boolean> audio,
    Optional<Boolean> references,
    Money amount) {
  public Rate {
    if (amount.isNegative()) {
      throw new IllegalArgumentException("a rate may not be negative: " + amount);
    }
  }

  /** A line with and without reference input. */
  public Rate(Optional<Resolution> resolution, Optional<Boolean> audio, Money amount) {
    this(resolution, audio, Optional.empty(), amount);
  }

  public static Rate flat(Money amount) {
    return new Rate(Optional.empty(), Optional.empty(), amount);
  }

  /** Whether this line could apply to the usage; what the usage leaves open fits any condition. */
  boolean couldFit(Usage usage) {
    return open(resolution, usage.resolution())
        && open(audio, usage.audio())
        && references.orElse(usage.references()) == usage.references();
  }

  int conditions() {
    return (int) Stream.of(resolution, audio, references).filter(Optional::isPresent).count();
  }

  private static <T> boolean open(Optional<T> condition, Optional<T> fact) {
    return condition.isEmpty() || fact.isEmpty() || condition.equals(fact);
  }
}
