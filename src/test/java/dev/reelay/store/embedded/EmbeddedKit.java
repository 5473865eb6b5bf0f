package dev.reelay.store.embedded;

import dev.reelay.store.DataDirectory;
import dev.reelay.store.PrivateFile;
import dev.reelay.testkit.QuickFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A folder for one test. The programs are unpacked once for all tests and linked, since unpacking
 * has a test of its own and takes most of a start.
 */
final class EmbeddedKit implements AutoCloseable {
  private final QuickFolder folder = QuickFolder.make().openToAll();
  private final Path data = folder.path().resolve("data");

  private EmbeddedKit() {}

  /** A data directory in which nothing was made yet. */
  static EmbeddedKit empty() {
    var kit = new EmbeddedKit();
    PrivateFile.makeDirectory(kit.own("."));
    try {
      var programs = Unpacked.PROGRAMS;
      Files.createSymbolicLink(kit.own(programs.getFileName().toString()), programs);
      return kit;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A data directory with an empty database that was used and stopped: a copy, which is quick. */
  static EmbeddedKit used() {
    var kit = new EmbeddedKit();
    PrivateFile.makeDirectory(kit.data);
    try {
      var copy =
          new ProcessBuilder("cp", "-a", Used.KIT.own(".").toString(), kit.own(".").toString());
      if (copy.inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException("cannot copy " + Used.KIT.data);
      }
      return kit;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static final class Unpacked {
    static final QuickFolder FOLDER = QuickFolder.make().openToAll();
    static final Path PROGRAMS = Unpacker.unpack(Bundle.ofThisMachine(), FOLDER.path());

    static {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(FOLDER::close));
    }
  }

  private static final class Used {
    static final EmbeddedKit KIT = empty();

    static {
      try (var open = KIT.open()) {
        start(open).stop();
      }
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(KIT::close));
    }
  }

  Path path() {
    return data;
  }

  Path own(String name) {
    return data.resolve("postgres").resolve(name).normalize();
  }

  /** Where tests put what must lie outside of the data directory. */
  Path beside(String name) {
    return folder.path().resolve(name);
  }

  DataDirectory open() {
    return DataDirectory.open(data);
  }

  static EmbeddedPostgres start(DataDirectory open) {
    return EmbeddedPostgres.start(EmbeddedSettings.usual(open, new SecureRandom()));
  }

  /** The first column of the first row. */
  static String ask(DatabaseLogin login, String sql) {
    try (var connection =
            DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password().reveal());
        var statement = connection.createStatement()) {
      return statement.execute(sql) ? first(statement.getResultSet()) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static String first(ResultSet rows) throws SQLException {
    rows.next();
    return Optional.ofNullable(rows.getString(1)).orElse("");
  }

  /** Whatever a test leaves running is ended first, or it would outlive its folder. */
  @Override
  public void close() {
    try (var tree = Files.walk(folder.path())) {
      tree.filter(file -> file.endsWith("postmaster.pid"))
          .flatMap(file -> Postmaster.read(file.resolveSibling("")).stream())
          .flatMap(postmaster -> postmaster.process().stream())
          .forEach(EmbeddedKit::end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.close();
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, 5, TimeUnit.SECONDS)
        .thenAccept(ProcessHandle::destroyForcibly)
        .join();
  }
}
