package dev.reelay.store.embedded;

import dev.reelay.store.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A process that starts the database of the directory in its first argument, writes one row, says
 * so in one line and waits. When its input ends it stops in order; it is there to be killed.
 */
final class ChildRelay {
  private ChildRelay() {}

  public static void main(String[] args) throws IOException, SQLException {
    try (var data = DataDirectory.open(Path.of(args[0]));
        var postgres = EmbeddedPostgres.start(EmbeddedSettings.usual(data, new SecureRandom()))) {
      writeRow(postgres.login());
      System.out.println("ready " + postgres.pid() + " " + postgres.port());
      while (System.in.read() >= 0) {}
    }
    System.out.println("stopped");
  }

  private static void writeRow(DatabaseLogin login) throws SQLException {
    try (var connection =
            DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password().reveal());
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists kept (word text)");
      statement.execute("insert into kept values ('still here')");
    }
  }
}
