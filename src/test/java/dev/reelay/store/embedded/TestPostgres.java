package dev.reelay.store.embedded;

import dev.reelay.store.PrivateFile;
import dev.reelay.testkit.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What tests of whole relays need to know of the database beside them. */
public final class TestPostgres {
  private static final int LOOKS_MAX = 200;
  private static final int LOOK_EVERY_MILLIS = 50;

  private TestPostgres() {}

  /**
   * Puts the programs into a data directory in which nothing was made yet. They are unpacked once
   * for all test runs, below the build's folder, since unpacking takes most of a first start.
   */
  public static void linkPrograms(Path dataDirectory) {
    var shared = Sources.ROOT.resolve("target/test-postgres");
    var own = dataDirectory.toAbsolutePath().resolve(Installation.FOLDER);
    PrivateFile.makeDirectory(dataDirectory);
    PrivateFile.makeDirectory(own);
    try {
      Files.createDirectories(shared);
      var programs = Unpacker.unpack(Bundle.ofThisMachine(), shared.toRealPath());
      Files.createSymbolicLink(own.resolve(programs.getFileName().toString()), programs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server process of a data directory, if one runs. */
  public static Optional<ProcessHandle> running(Path dataDirectory) {
    return clusters(dataDirectory)
        .flatMap(cluster -> Postmaster.read(cluster).stream())
        .flatMap(postmaster -> postmaster.process().stream())
        .filter(process -> process.info().commandLine().orElse("").contains("postgres"))
        .findFirst();
  }

  /** Ends the server process of a data directory, which a killed relay leaves behind. */
  public static void end(Path dataDirectory) {
    running(dataDirectory).ifPresent(ProcessHandle::destroy);
    for (int look = 0; look < LOOKS_MAX; look++) {
      var left = running(dataDirectory);
      if (left.isEmpty()) {
        return;
      }
      left.get()
          .onExit()
          .completeOnTimeout(left.get(), LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)
          .join();
    }
    running(dataDirectory).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Where its files can be: in the directory, or with a service account. */
  private static Stream<Path> clusters(Path dataDirectory) {
    var own = dataDirectory.toAbsolutePath().resolve(Installation.FOLDER);
    var account = new RunAs.Account("any", List.of());
    return Stream.of(new RunAs.Directly(), account)
        .map(runAs -> Layout.of(own, runAs, RunAsChoice.USUAL.accountHome()).cluster());
  }
}
