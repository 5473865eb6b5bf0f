package dev.reelay.store.embedded;

import dev.reelay.store.DataDirectory;
import dev.reelay.store.PrivateFile;
import dev.reelay.testkit.QuickFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A folder for one test. The programs are unpacked once for all tests and linked, since unpacking
 * has a test of its own and takes most of a start.
 */
final class EmbeddedKit implements AutoCloseable {
  private final QuickFolder folder = QuickFolder.make().openToAll();
  private final Path data = folder.path().resolve("data");

  EmbeddedKit() {
    try {
      var own = data.resolve("postgres");
      PrivateFile.makeDirectory(own);
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      var programs = Unpacked.PROGRAMS;
      Files.createSymbolicLink(own.resolve(programs.getFileName()), programs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Unpacked {
    static final QuickFolder FOLDER = QuickFolder.make().openToAll();
    static final Path PROGRAMS = Unpacker.unpack(Bundle.ofThisMachine(), FOLDER.path());

    static {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(FOLDER::close));
    }
  }

  Path path() {
    return data;
  }

  Path own(String name) {
    return data.resolve("postgres").resolve(name);
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

  /** Whatever a test leaves running is ended, or the folder could not be deleted. */
  @Override
  public void close() {
    Postmaster.read(own("server").resolve("cluster"))
        .flatMap(Postmaster::process)
        .ifPresent(ProcessHandle::destroyForcibly);
    folder.close();
  }
}
