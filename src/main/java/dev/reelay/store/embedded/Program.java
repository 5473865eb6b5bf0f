package dev.reelay.store.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs other programs with nothing of our environment: secrets among our variables must not be
 * visible in theirs, and PG* variables must not change what PostgreSQL does.
 */
final class Program {
  private static final int OUTPUT_CHARS_MAX = 4_000;
  private static final String SYSTEM_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Program() {}

  /**
   * How a program ended.
   *
   * @param code its exit code
   * @param output the end of what it wrote, at most 4,000 characters
   */
  record Ended(int code, String output) {
    boolean isSuccess() {
      return code == 0;
    }
  }

  /** Where a program of the system is, if it is installed. */
  static Optional<String> find(String name) {
    var ours = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(ours, SYSTEM_PATH)
        .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** Starts a program whose output replaces the file {@code log}. */
  static Process start(List<String> command, Path log) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile()).redirectInput(new File("/dev/null"));
    builder.directory(new File("/"));
    var environment = builder.environment();
    environment.clear();
    environment.put("PATH", SYSTEM_PATH);
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new EmbeddedPostgresException("cannot run " + command.getFirst() + ": " + e, e);
    }
  }

  /** Runs a program to its end, or ends it when it takes longer than allowed. */
  static Ended run(List<String> command, Path log, Duration timeoutMax) {
    var process = start(command, log);
    if (!ends(process, timeoutMax)) {
      process.destroyForcibly();
      throw new EmbeddedPostgresException(
          "%s did not end within %d s".formatted(command, timeoutMax.toSeconds()));
    }
    return new Ended(process.exitValue(), tail(log));
  }

  /** Waits for the end of a process; false if it still runs after that time. */
  static boolean ends(Process process, Duration longest) {
    try {
      return process.waitFor(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("interrupted while waiting for PostgreSQL", e);
    }
  }

  /** The end of a text file, empty if it cannot be read: it only serves a message. */
  static String tail(Path file) {
    try {
      var text = Files.readString(file).strip();
      return text.substring(Math.max(0, text.length() - OUTPUT_CHARS_MAX));
    } catch (IOException e) {
      return "";
    }
  }
}
