package dev.reelay.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reelay.access.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connection pool of one process, over a database that is of a known version and migrated.
 * Every wait is bounded, so that a database that is gone is an error within seconds and no hang.
 */
public final class Database implements AutoCloseable {
  static final int SERVER_VERSION_MIN = 15;
  private static final int ANSWER_SECONDS_MAX = 2;
  private static final int CONNECT_SECONDS_MAX = 3;
  private static final int LISTEN_ANSWER_SECONDS_MAX = 10;
  private static final Duration POOL_WAIT_MAX = Duration.ofSeconds(3);
  private static final Duration VALIDATION_WAIT_MAX = Duration.ofSeconds(1);
  private static final Duration KEEP_ALIVE_EVERY = Duration.ofMinutes(1);
  private static final String APPLICATION = "reelay";
  private static final String MIGRATIONS = "classpath:db/migration";

  private final DatabaseSettings settings;
  private final HikariDataSource pool;

  private Database(DatabaseSettings settings, HikariDataSource pool) {
    this.settings = settings;
    this.pool = pool;
  }

  /**
   * Looks at the server, migrates the database and opens the pool.
   *
   * @throws DatabaseRefused if it cannot be reached, or is too old or too new
   */
  public static Database open(DatabaseSettings settings) {
    requireServer(settings);
    migrate(settings);
    return new Database(settings, pool(settings));
  }

  public DataSource source() {
    return pool;
  }

  /** A connection of its own, for {@link ChangeListener}. */
  public Connection openListening() throws SQLException {
    return DriverManager.getConnection(
        settings.jdbcUrl(), properties(settings, LISTEN_ANSWER_SECONDS_MAX));
  }

  /** Whether it answers now; takes at most the pool's own patience. */
  public boolean isReachable() {
    try (var connection = source().getConnection()) {
      return connection.isValid(ANSWER_SECONDS_MAX);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static void requireServer(DatabaseSettings settings) {
    var properties = properties(settings, LISTEN_ANSWER_SECONDS_MAX);
    try (var connection = DriverManager.getConnection(settings.jdbcUrl(), properties)) {
      var version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < SERVER_VERSION_MIN) {
        throw new DatabaseRefused(
            "the database is PostgreSQL %d; Reelay needs %d or newer"
                .formatted(version, SERVER_VERSION_MIN));
      }
    } catch (SQLException e) {
      throw new DatabaseRefused(why(settings, e), e);
    }
  }

  private static String why(DatabaseSettings settings, SQLException e) {
    var state = Optional.ofNullable(e.getSQLState()).orElse("");
    var what =
        switch (state) {
          case "28P01", "28000" -> "refuses the user or the password";
          case "3D000" -> "has no database of that name; create it first";
          case "42501" -> "does not let this user in";
          default ->
              SqlErrors.isUnavailable(e)
                  ? "cannot be reached; is it running, and is the address right?"
                  : "cannot be used";
        };
    return "the database at %s %s (%s)".formatted(settings.jdbcUrl(), what, e.getMessage());
  }

  /** Migrations may take long, so they have a connection without a time-out for answers. */
  private static void migrate(DatabaseSettings settings) {
    var source = new PGSimpleDataSource();
    source.setUrl(settings.jdbcUrl());
    settings.user().ifPresent(source::setUser);
    settings.password().map(Secret::reveal).ifPresent(source::setPassword);
    source.setConnectTimeout(CONNECT_SECONDS_MAX);
    source.setTcpKeepAlive(true);
    try {
      var flyway = Flyway.configure().dataSource(source).locations(MIGRATIONS).load();
      requireNotNewer(flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new DatabaseRefused("the database could not be migrated: " + e.getMessage(), e);
    }
  }

  private static void requireNotNewer(Flyway flyway) {
    for (var migration : flyway.info().applied()) {
      if (migration.getVersion() != null && !migration.getState().isResolved()) {
        throw new DatabaseRefused(
            "the database was migrated to version %s by a newer Reelay; start that one"
                .formatted(migration.getVersion()));
      }
    }
  }

  private static HikariDataSource pool(DatabaseSettings settings) {
    var config = new HikariConfig();
    config.setJdbcUrl(settings.jdbcUrl());
    config.setDataSourceProperties(properties(settings, settings.patience().answerSecondsMax()));
    config.setPoolName(APPLICATION);
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(POOL_WAIT_MAX.toMillis());
    config.setValidationTimeout(VALIDATION_WAIT_MAX.toMillis());
    config.setKeepaliveTime(KEEP_ALIVE_EVERY.toMillis());
    return new HikariDataSource(config);
  }

  private static Properties properties(DatabaseSettings settings, int answerSecondsMax) {
    var properties = new Properties();
    settings.user().ifPresent(user -> properties.setProperty("user", user));
    settings.password().ifPresent(word -> properties.setProperty("password", word.reveal()));
    properties.setProperty("ApplicationName", APPLICATION);
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS_MAX));
    properties.setProperty("loginTimeout", String.valueOf(CONNECT_SECONDS_MAX));
    properties.setProperty("socketTimeout", String.valueOf(answerSecondsMax));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    return properties;
  }
}
