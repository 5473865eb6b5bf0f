package dev.reelay.cli;

import dev.reelay.config.Config;

/** The port to the server itself: the command line knows that it can be run, not how. */
@FunctionalInterface
public interface Serve {
  /**
   * Runs a relay until it is told to stop.
   *
   * @return the exit code of the process
   */
  int run(Config config);
}
