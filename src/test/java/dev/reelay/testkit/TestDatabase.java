package dev.reelay.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reelay.store.DataDirectory;
import dev.reelay.store.embedded.DatabaseLogin;
import dev.reelay.store.embedded.EmbeddedPostgres;
import dev.reelay.store.embedded.EmbeddedSettings;
import dev.reelay.store.embedded.TestPostgres;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A fresh database with all migrations applied, on a real PostgreSQL that this test JVM starts once
 * and stops at its end. Each one is a copy of a template, so it costs some ten milliseconds.
 */
public final class TestDatabase implements AutoCloseable {
  private static final int POOL_USUAL = 10;
  private static final int SERVER_CONNECTIONS_MAX = 300;
  private static final String TEMPLATE = "reelay_template";

  private final Server server;
  private final String name;
  private final HikariDataSource pool;

  private TestDatabase(Server server, String name, HikariDataSource pool) {
    this.server = server;
    this.name = name;
    this.pool = pool;
  }

  /** A new database with a pool of at most 10 connections. */
  public static TestDatabase fresh() {
    return fresh(POOL_USUAL);
  }

  /** A new database with a pool of at most that many connections, up to 250. */
  public static TestDatabase fresh(int connectionsMax) {
    return ServerHolder.SERVER.copyOfTemplate(connectionsMax);
  }

  /** The address as operators write it: without jdbc, with user and password. */
  public String address() {
    var url = jdbcUrl();
    var place = url.substring("jdbc:postgresql://".length(), url.indexOf('?'));
    return "postgresql://" + user() + ":" + password() + "@" + place;
  }

  public DataSource dataSource() {
    return pool;
  }

  /** The address with user and password as pgjdbc takes them, for child processes. */
  public String jdbcUrl() {
    return server.url(name);
  }

  public String user() {
    return server.login.user();
  }

  public String password() {
    return server.login.password().reveal();
  }

  /** Drops it, whoever is still connected. */
  @Override
  public void close() {
    pool.close();
    server.execute("drop database if exists " + name + " with (force)");
  }

  /** Starts at first use. */
  private static final class ServerHolder {
    static final Server SERVER = Server.start();
  }

  private static final class Server {
    private final DatabaseLogin login;
    private final AtomicInteger copies = new AtomicInteger();

    private Server(DatabaseLogin login) {
      this.login = login;
    }

    static Server start() {
      var folder = QuickFolder.make();
      TestPostgres.linkPrograms(folder.path());
      var data = DataDirectory.open(folder.path());
      var settings =
          new EmbeddedSettings(
              data,
              SERVER_CONNECTIONS_MAX,
              EmbeddedSettings.START_TIMEOUT_USUAL,
              new SecureRandom());
      var postgres = EmbeddedPostgres.start(settings);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .unstarted(
                      () -> {
                        postgres.stop();
                        data.close();
                        folder.close();
                      }));
      var server = new Server(postgres.login());
      server.makeTemplate();
      return server;
    }

    TestDatabase copyOfTemplate(int connectionsMax) {
      var name = "test_" + copies.incrementAndGet();
      execute("create database " + name + " template " + TEMPLATE);
      var config = new HikariConfig();
      config.setJdbcUrl(url(name));
      config.setMaximumPoolSize(connectionsMax);
      config.setMinimumIdle(0);
      config.setPoolName(name);
      return new TestDatabase(this, name, new HikariDataSource(config));
    }

    String url(String database) {
      var address = login.jdbcUrl().substring(0, login.jdbcUrl().lastIndexOf('/') + 1);
      return address
          + database
          + "?user="
          + login.user()
          + "&password="
          + login.password().reveal();
    }

    void execute(String sql) {
      try (var connection = DriverManager.getConnection(url("postgres"));
          var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    private void makeTemplate() {
      execute("create database " + TEMPLATE);
      Flyway.configure()
          .dataSource(url(TEMPLATE), null, null)
          .locations("classpath:db/migration")
          .load()
          .migrate();
    }
  }
}
