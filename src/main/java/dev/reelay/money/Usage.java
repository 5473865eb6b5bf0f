package dev.reelay.money;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a generation uses: before it, the most that was asked for; after it, the facts that came
 * back.
 *
 * @param millis length of the video in milliseconds, 0 or more
 * @param resolution empty where nobody said
 * @param audio empty where nobody said
 * @param units tokens or units, by the kind of price; empty where nobody said
 * @param cost what the provider says it took; empty where it says nothing
 * @param references whether pictures, videos or sounds are given as references: known from the
 *     request alone
 */
public record Usage(
    long millis,
    Optional<Resolution> resolution,
    Optional<Boolean> audio,
    OptionalLong units,
    Optional<Money> cost,
    boolean references) {
  static final Usage NOTHING =
      new Usage(0, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());

  public Usage {
    if (millis < 0 || units.orElse(0) < 0 || cost.orElse(Money.ZERO).isNegative()) {
      throw new IllegalArgumentException("usage may not be negative");
    }
  }

  /** Of a request without references, or facts, which say nothing of them. */
  public Usage(
      long millis,
      Optional<Resolution> resolution,
      Optional<Boolean> audio,
      OptionalLong units,
      Optional<Money> cost) {
    this(millis, resolution, audio, units, cost, false);
  }

  /** The same with or without references. */
  public Usage withReferences(boolean given) {
    return new Usage(millis, resolution, audio, units, cost, given);
  }

  /** The same with what a provider says that it took. */
  public Usage with(Bill bill) {
    return new Usage(millis, resolution, audio, bill.units(), bill.cost(), references);
  }

  /** The same with a reported cost in our currency, where one was reported. */
  public Usage reported(Optional<Cost> ours) {
    var converted =
        ours.filter(one -> one.basis() == Cost.Basis.REPORTED).map(Cost::amount).or(() -> cost);
    return new Usage(millis, resolution, audio, units, converted, references);
  }

  /** The same with these tokens or units. */
  public Usage withUnits(OptionalLong told) {
    return new Usage(millis, resolution, audio, told, cost, references);
  }

  public static Usage of(long millis, Resolution resolution, boolean audio) {
    return new Usage(
        millis,
        Optional.of(resolution),
        Optional.of(audio),
        OptionalLong.empty(),
        Optional.empty());
  }
}
