package dev.reelay.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements that go to the database together, in one round trip, and run in this order. */
final class Script {
  private final List<String> statements = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  Script add(String statement, Object... values) {
    statements.add(statement);
    parameters.addAll(List.of(values));
    return this;
  }

  /** Runs all and gives the row count of each. */
  List<Integer> run(Sql.Session session) throws SQLException {
    return session.updates(String.join(";\n", statements), parameters.toArray());
  }

  /** Runs all; each must change exactly one row. */
  void runEachOne(Sql.Session session) throws SQLException {
    if (statements.isEmpty()) {
      return;
    }
    var counts = run(session);
    for (var i = 0; i < statements.size(); i++) {
      if (counts.get(i) != 1) {
        throw new StoreBroken("changed " + counts.get(i) + " rows, not one: " + statements.get(i));
      }
    }
  }
}
