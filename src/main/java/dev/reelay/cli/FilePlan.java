package dev.reelay.cli;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the import of a file does.
 *
 * @param changes what differs from what is in force
 * @param row how one change is shown
 * @param leftOut in words, why strangers are
 * @param strange what of the file is not here
 */
record FilePlan<T>(
    List<T> changes, Function<T, Doc> row, String leftOut, Collection<String> strange) {
  Answer shown() {
    return shown("");
  }

  /** Sets all or none of it, or else only shows it. */
  Answer carriedOut(boolean yes, String things, Consumer<List<T>> set) {
    if (!yes) {
      return shown(changes.isEmpty() ? "" : "nothing is set without --yes\n");
    }
    if (!changes.isEmpty()) {
      set.accept(changes);
    }
    return shown("set " + changes.size() + " " + things + "\n");
  }

  private Answer shown(String end) {
    var list = Answer.list("changes", changes.stream().map(row).toList());
    var left = strange.isEmpty() ? "" : leftOut + ": " + String.join(", ", strange) + "\n";
    return new Answer(list.json(), list.text() + left + end, list.bare(), list.exit());
  }
}
