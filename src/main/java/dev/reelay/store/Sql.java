package dev.reelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database as plain JDBC with short words: connections, transactions, parameters by position, and
 * exceptions of our own. A parameter may be an {@link Optional}; empty is SQL's null.
 */
final class Sql {
  /** How often a transaction that met another one is repeated before the caller is told. */
  private static final int REPEATS_MAX = 5;

  private final DataSource source;

  Sql(DataSource source) {
    this.source = source;
  }

  /** Work with one connection. */
  interface Work<T> {
    T on(Session session) throws SQLException;
  }

  /** Reads one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs statements that need no common transaction. */
  <T> T run(Work<T> work) {
    try (var connection = source.getConnection()) {
      return work.on(new Session(connection));
    } catch (SQLException e) {
      throw SqlErrors.of(e);
    }
  }

  /**
   * Runs all or nothing; whatever the work throws rolls back, and so does {@link Session#undo}. A
   * deadlock or a failed serialization is repeated, so the work must bear being run again.
   */
  <T> T transaction(Work<T> work) {
    for (var repeats = 0; ; repeats++) {
      try {
        return once(work);
      } catch (StoreUnavailable e) {
        if (repeats == REPEATS_MAX || !SqlErrors.isCollision(e)) {
          throw e;
        }
      }
    }
  }

  private <T> T once(Work<T> work) {
    return run(
        session -> {
          session.connection.setAutoCommit(false);
          var committed = false;
          try {
            var result = work.on(session);
            if (!session.undone) {
              session.connection.commit();
              committed = true;
            }
            return result;
          } finally {
            session.end(committed);
          }
        });
  }

  /** As {@link #transaction}, and every statement sees the same moment; nothing is written. */
  <T> T snapshot(Work<T> work) {
    return transaction(
        session -> {
          session.update("set transaction isolation level repeatable read, read only");
          return work.on(session);
        });
  }

  /** One connection at work. */
  static final class Session {
    private final Connection connection;
    private boolean undone;

    private Session(Connection connection) {
      this.connection = connection;
    }

    /** Lets the transaction end without any of its changes: the work's value is a refusal. */
    void undo() {
      undone = true;
    }

    /** Runs a statement and gives its row count. */
    int update(String sql, Object... parameters) throws SQLException {
      try (var statement = prepare(sql, parameters)) {
        return statement.executeUpdate();
      }
    }

    /** Runs statements divided by semicolons in one round trip and gives their row counts. */
    List<Integer> updates(String statements, Object... parameters) throws SQLException {
      try (var statement = prepare(statements, parameters)) {
        var counts = new ArrayList<Integer>();
        statement.execute();
        for (var count = statement.getUpdateCount(); count >= 0; ) {
          counts.add(count);
          statement.getMoreResults();
          count = statement.getUpdateCount();
        }
        return counts;
      }
    }

    /** Runs a statement that must change exactly one row. */
    void updateOne(String sql, Object... parameters) throws SQLException {
      var rows = update(sql, parameters);
      if (rows != 1) {
        throw new StoreBroken("expected one row and changed " + rows + ": " + sql);
      }
    }

    <T> List<T> list(String sql, Row<T> row, Object... parameters) throws SQLException {
      try (var statement = prepare(sql, parameters);
          var rows = statement.executeQuery()) {
        var found = new ArrayList<T>();
        while (rows.next()) {
          found.add(row.read(rows));
        }
        return found;
      }
    }

    /** The first row, if there is one. */
    <T> Optional<T> first(String sql, Row<T> row, Object... parameters) throws SQLException {
      var found = list(sql, row, parameters);
      return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** The only row of a statement that always has one. */
    <T> T one(String sql, Row<T> row, Object... parameters) throws SQLException {
      return first(sql, row, parameters)
          .orElseThrow(() -> new StoreBroken("expected a row: " + sql));
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
      var statement = connection.prepareStatement(sql);
      try {
        for (var i = 0; i < parameters.length; i++) {
          bind(statement, i + 1, parameters[i]);
        }
        return statement;
      } catch (SQLException | RuntimeException e) {
        statement.close();
        throw e;
      }
    }

    private static void bind(PreparedStatement statement, int index, Object value)
        throws SQLException {
      switch (value) {
        case Optional<?> maybe when maybe.isPresent() -> bind(statement, index, maybe.get());
        case Optional<?> _ -> statement.setNull(index, Types.NULL);
        case OptionalInt maybe when maybe.isPresent() -> statement.setInt(index, maybe.getAsInt());
        case OptionalInt _ -> statement.setNull(index, Types.NULL);
        case String text -> statement.setString(index, StorableText.of(text));
        case Instant at -> statement.setObject(index, at.atOffset(ZoneOffset.UTC));
        case String[] texts ->
            statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
        default -> statement.setObject(index, value);
      }
    }

    /** Leaves the connection as the pool lent it; a broken one throws here and is thrown away. */
    private void end(boolean committed) throws SQLException {
      if (connection.isClosed()) {
        return;
      }
      if (!committed) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> maybeInstant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
  }

  static Optional<Long> maybeLong(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  /** The elements of an array of texts that is never null. */
  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  static OptionalInt maybeInt(ResultSet row, String column) throws SQLException {
    var value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
