package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.Secret;
import dev.reelay.store.DatabaseSettings.Patience;
import dev.reelay.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private final TestDatabase database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void an_empty_database_is_migrated_and_a_migrated_one_left_alone() throws SQLException {
    execute("drop schema public cascade");
    execute("create schema public");

    Database.open(settings()).close();

    try (var again = Database.open(settings())) {
      var plans =
          new Sql(again.source())
              .run(session -> session.list("select name from plan", row -> row.getString(1)));
      assertThat(plans).containsExactly("default");
    }
  }

  @Test
  void a_database_of_a_newer_version_is_refused_and_untouched() throws SQLException {
    execute(
        """
        insert into flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        values (99, '999', 'future', 'SQL', 'V999__future.sql', 1, 'x', 1, true)""");

    assertThatThrownBy(() -> Database.open(settings()))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContaining("newer Reelay");
  }

  @Test
  void a_wrong_password_is_told_without_the_password() {
    var wrong =
        new DatabaseSettings(
            plainUrl(),
            Optional.of(database.user()),
            Optional.of(new Secret("not-the-password")),
            2,
            Patience.SERVER);

    assertThatThrownBy(() -> Database.open(wrong))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContaining("user or the password")
        .hasMessageNotContaining("not-the-password");
  }

  @Test
  void an_address_where_nobody_listens_is_told_plainly() throws IOException {
    var port = 0;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var nobody = settings("jdbc:postgresql://127.0.0.1:" + port + "/reelay");

    assertThatThrownBy(() -> Database.open(nobody))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void a_server_that_accepts_and_says_nothing_is_given_up_within_seconds() throws IOException {
    try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings = settings("jdbc:postgresql://127.0.0.1:" + mute.getLocalPort() + "/reelay");
      var before = System.nanoTime();

      assertThatThrownBy(() -> Database.open(settings)).isInstanceOf(DatabaseRefused.class);

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void a_pool_without_a_free_connection_is_unavailable_within_seconds() throws SQLException {
    try (var open = Database.open(settings(database.jdbcUrl(), 1));
        var taken = open.source().getConnection()) {
      var sql = new Sql(open.source());

      assertThat(taken.isValid(1)).isTrue();
      assertThatThrownBy(() -> sql.run(session -> session.update("select 1")))
          .isInstanceOf(StoreUnavailable.class);
    }
  }

  @Test
  void a_connection_ended_by_the_server_is_unavailable_and_a_bad_statement_is_broken() {
    try (var open = Database.open(settings())) {
      var sql = new Sql(open.source());

      assertThatThrownBy(() -> sql.run(s -> s.list("select no_such", row -> row.getInt(1))))
          .isInstanceOf(StoreBroken.class);
      assertThatThrownBy(
              () ->
                  sql.transaction(
                      s -> s.list("select pg_terminate_backend(pg_backend_pid())", row -> 1)))
          .isInstanceOf(StoreUnavailable.class);
      assertThat(sql.<Integer>run(s -> s.one("select 1", row -> row.getInt(1)))).isEqualTo(1);
    }
  }

  @Test
  void states_of_a_server_that_goes_or_comes_are_unavailable() {
    assertThat(SqlErrors.isUnavailable(new SQLException("shutdown", "57P01"))).isTrue();
    assertThat(SqlErrors.isUnavailable(new SQLException("starting", "57P03"))).isTrue();
    assertThat(SqlErrors.isUnavailable(new SQLException("broken", "08006"))).isTrue();
    assertThat(SqlErrors.isUnavailable(new SQLTransientConnectionException("pool"))).isTrue();
    assertThat(SqlErrors.isUnavailable(new SQLException("unique", "23505"))).isFalse();
    assertThat(SqlErrors.isUnavailable(new SQLException("unknown"))).isFalse();
  }

  private DatabaseSettings settings() {
    return settings(database.jdbcUrl());
  }

  private static DatabaseSettings settings(String url) {
    return settings(url, 2);
  }

  private static DatabaseSettings settings(String url, int poolSize) {
    return new DatabaseSettings(url, Optional.empty(), Optional.empty(), poolSize, Patience.SERVER);
  }

  private String plainUrl() {
    return database.jdbcUrl().substring(0, database.jdbcUrl().indexOf('?'));
  }

  private void execute(String statement) throws SQLException {
    try (var connection = database.dataSource().getConnection()) {
      connection.createStatement().execute(statement);
    }
  }
}
