package dev.reelay.store.embedded;

import dev.reelay.access.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Asks a server on a loopback port who it is, with our password. */
final class ServerQuestion {
  static final String USER = "reelay";
  static final String DATABASE = "reelay";

  private static final String CONNECT_TIMEOUT_SECONDS = "2";
  private static final String ANSWER_TIMEOUT_SECONDS = "5";
  private static final String WRONG_PASSWORD = "28P01";
  private static final String WHO =
      """
      select current_setting('data_directory'), current_setting('server_version'),
             current_setting('max_connections')::int,
             exists (select from pg_database where datname = '%s')
      """
          .formatted(DATABASE);

  private ServerQuestion() {}

  /** What came back. */
  sealed interface Answer {
    /** A server of ours. */
    record Server(String dataDirectory, String version, int connectionsMax, boolean isDatabaseThere)
        implements Answer {}

    /** Nobody answers, or not yet. */
    record Silence(String why) implements Answer {}

    /** A server that does not know our password: not ours, or the password file was changed. */
    record Stranger(String why) implements Answer {}
  }

  /** Asks once; takes at most a few seconds. */
  static Answer ask(int port, Secret password) {
    try (var connection = connect(port, password);
        var statement = connection.createStatement();
        var row = statement.executeQuery(WHO)) {
      row.next();
      return new Answer.Server(
          row.getString(1), row.getString(2), row.getInt(3), row.getBoolean(4));
    } catch (SQLException e) {
      return WRONG_PASSWORD.equals(e.getSQLState())
          ? new Answer.Stranger(e.toString())
          : new Answer.Silence(e.toString());
    }
  }

  /** Makes the database in which the tables live. */
  static void createDatabase(int port, Secret password) {
    try (var connection = connect(port, password);
        var statement = connection.createStatement()) {
      statement.execute("create database " + DATABASE);
    } catch (SQLException e) {
      throw new EmbeddedPostgresException("cannot create the database: " + e.getMessage(), e);
    }
  }

  static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private static Connection connect(int port, Secret password) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", password.reveal());
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.setProperty("loginTimeout", ANSWER_TIMEOUT_SECONDS);
    properties.setProperty("socketTimeout", ANSWER_TIMEOUT_SECONDS);
    properties.setProperty("ApplicationName", "reelay-launcher");
    return DriverManager.getConnection(jdbcUrl(port, "postgres"), properties);
  }
}
