package dev.reelay.cli;

import dev.reelay.config.Config;
import java.util.Optional;

/** The port that opens the operator's desk over the database of a configuration. */
public interface Desks {
  /**
   * Opens the database, starting the bundled one if no relay runs it.
   *
   * @throws RuntimeException that {@link #trouble} explains, if it cannot be used
   */
  Desk open(Config config);

  /** What to tell the operator if the exception says that the database cannot be used; one line. */
  Optional<String> trouble(RuntimeException thrown);
}
