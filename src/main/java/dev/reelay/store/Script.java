package dev.reelay.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Statements that go to the database together, in one round trip, and run in this order. */
final class Script {
  private final List<String> statements = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();
  private final Set<Integer> anyNumber = new HashSet<>();

  Script add(String statement, Object... values) {
    statements.add(statement);
    parameters.addAll(List.of(values));
    return this;
  }

  /** As {@link #add}, of a statement that may change any number of rows. */
  Script addForAny(String statement, Object... values) {
    anyNumber.add(statements.size());
    return add(statement, values);
  }

  /** The statements in their order, with a question mark for each value. */
  List<String> statements() {
    return List.copyOf(statements);
  }

  /** Runs all and gives the row count of each. */
  List<Integer> run(Sql.Session session) throws SQLException {
    return session.updates(String.join(";\n", statements), parameters.toArray());
  }

  /** Runs all; each must change exactly one row, but for those added for any number. */
  void runEachOne(Sql.Session session) throws SQLException {
    if (statements.isEmpty()) {
      return;
    }
    var counts = run(session);
    for (var i = 0; i < statements.size(); i++) {
      if (counts.get(i) != 1 && !anyNumber.contains(i)) {
        throw new StoreBroken("changed " + counts.get(i) + " rows, not one: " + statements.get(i));
      }
    }
  }
}
