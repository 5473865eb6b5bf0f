package dev.reelay.store.embedded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where things lie.
 *
 * @param own ours alone: password, port, logs of short programs
 * @param programs the parent of the unpacked programs
 * @param server what belongs to the user as whom PostgreSQL runs: cluster and server log
 */
record Layout(Path own, Path programs, Path server) {
  static final String PROGRAM_LOG = "program.log";
  static final String PASSWORD = "password";
  static final String PORT = "port";

  /** The layout of one data directory. */
  static Layout of(Path own, RunAs runAs, Path accountHome) {
    return switch (runAs) {
      case RunAs.Directly _, RunAs.UserNamespace _ -> new Layout(own, own, own.resolve("server"));
      case RunAs.Account _ -> {
        var away = accountHome.resolve(nameOf(own));
        yield new Layout(own, away, away.resolve("server"));
      }
    };
  }

  Path cluster() {
    return server.resolve("cluster");
  }

  Path serverLog() {
    return server.resolve("log");
  }

  Path password() {
    return own.resolve(PASSWORD);
  }

  Path programLog() {
    return own.resolve(PROGRAM_LOG);
  }

  /** Several data directories of one machine must not share a cluster. */
  private static String nameOf(Path own) {
    return UUID.nameUUIDFromBytes(own.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
