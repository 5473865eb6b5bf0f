package dev.reelay.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what was probably meant by a misspelt name. */
final class Nearest {
  /** Leaving characters out is the commonest mistake ({@code db.url}), so adding them is cheap. */
  private static final int ADD_COST = 1;

  private static final int REMOVE_COST = 2;
  private static final int REPLACE_COST = 3;

  private Nearest() {}

  /** The known name that takes the least to get to; of equals the first by alphabet. */
  static String to(String name, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** Levenshtein's distance with costs, one row of its table at a time. */
  private static int distance(String from, String to) {
    var row = new int[to.length() + 1];
    for (var j = 0; j <= to.length(); j++) {
      row[j] = j * ADD_COST;
    }
    for (var i = 1; i <= from.length(); i++) {
      var diagonal = row[0];
      row[0] = i * REMOVE_COST;
      for (var j = 1; j <= to.length(); j++) {
        var same = from.charAt(i - 1) == to.charAt(j - 1);
        var replaced = diagonal + (same ? 0 : REPLACE_COST);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j] + REMOVE_COST, row[j - 1] + ADD_COST));
      }
    }
    return row[to.length()];
  }
}
