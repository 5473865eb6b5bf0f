package dev.reelay.testkit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Looks into the database of a running relay. */
public final class DatabaseView {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final DataSource source;

  public DatabaseView(DataSource source) {
    this.source = source;
  }

  /** The bundled database of this home, which must run. */
  public static DatabaseView of(RelayHome home) {
    var login = home.database().orElseThrow(() -> new AssertionError("no database runs"));
    var source = new PGSimpleDataSource();
    source.setUrl(login.jdbcUrl());
    source.setUser(login.user());
    source.setPassword(login.password().reveal());
    return new DatabaseView(source);
  }

  public DataSource source() {
    return source;
  }

  public long number(String query) {
    return Long.parseLong(texts(query).getFirst());
  }

  /** The first column of each row. */
  public List<String> texts(String query) {
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  /** Asks until the number is zero, or so long. */
  public void awaitZero(String query, Duration longest) {
    for (long left = longest.dividedBy(PAUSE); left > 0 && number(query) != 0; left--) {
      Pauses.of(PAUSE);
    }
  }
}
