package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
  @Test
  void two_fresh_databases_do_not_see_each_other() throws SQLException {
    try (var one = TestDatabase.fresh();
        var other = TestDatabase.fresh();
        var first = one.dataSource().getConnection();
        var second = other.dataSource().getConnection()) {
      first.createStatement().execute("create table only_here (id int)");

      assertThatThrownBy(() -> second.createStatement().execute("select * from only_here"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void a_closed_database_is_gone() {
    var database = TestDatabase.fresh();

    database.close();

    assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl()))
        .hasMessageContaining("does not exist");
  }

  @Test
  void even_in_tests_fsync_stays_on() throws SQLException {
    try (var database = TestDatabase.fresh();
        var connection = database.dataSource().getConnection();
        var row = connection.createStatement().executeQuery("show fsync")) {
      row.next();

      assertThat(row.getString(1)).isEqualTo("on");
    }
  }
}
