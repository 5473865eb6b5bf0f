package dev.reelay.money;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** A rate table: one to {@link #LINES_MAX} lines, no two with the same conditions. */
public record Rates(List<Rate> lines) {
  public static final int LINES_MAX = 64;

  public Rates {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > LINES_MAX) {
      throw new IllegalArgumentException("a rate table has 1 to " + LINES_MAX + " lines");
    }
    var seen = new HashSet<List<Object>>();
    for (var line : lines) {
      if (!seen.add(List.of(line.resolution(), line.audio(), line.references()))) {
        throw new IllegalArgumentException("two rates for the same conditions: " + line);
      }
    }
  }

  public static Rates flat(Money amount) {
    return new Rates(List.of(Rate.flat(amount)));
  }

  /**
   * The dearest amount that may apply, the line with the most conditions winning among those that
   * surely fit; empty if no line fits: there is no price.
   */
  Optional<Money> highest(Usage usage) {
    var fitting = lines.stream().filter(line -> line.couldFit(usage)).toList();
    var open = usage.resolution().isEmpty() || usage.audio().isEmpty();
    var chosen =
        open
            ? fitting.stream().max(Comparator.comparing(Rate::amount))
            : fitting.stream()
                .max(Comparator.comparingInt(Rate::conditions).thenComparing(Rate::amount));
    return chosen.map(Rate::amount);
  }

  /** The amount that surely applies; empty if no line fits, or it hangs on what nobody said. */
  Optional<Money> surely(Usage usage) {
    if (usage.resolution().isPresent() && usage.audio().isPresent()) {
      return highest(usage);
    }
    var amounts =
        lines.stream().filter(line -> line.couldFit(usage)).map(Rate::amount).distinct().toList();
    return amounts.size() == 1 ? Optional.of(amounts.getFirst()) : Optional.empty();
  }
}
