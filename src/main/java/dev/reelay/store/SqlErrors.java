package dev.reelay.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/**
 * The one place that says what an SQL exception means: the database is away ({@link
 * StoreUnavailable}) or something is broken ({@link StoreBroken}).
 */
final class SqlErrors {
  static final String UNIQUE_VIOLATION = "23505";
  static final String FOREIGN_KEY_VIOLATION = "23503";
  static final String LOCK_TIMEOUT = "55P03";
  private static final String CONNECTION_CLASS = "08";
  private static final String SERIALIZATION_FAILED = "40001";
  private static final String DEADLOCK = "40P01";

  /** Too many connections, no memory, disk full. */
  private static final String RESOURCES_CLASS = "53";

  private static final String CANCELED_BY_TIMEOUT = "57014";

  /** A standby, while another server becomes the primary. */
  private static final String READ_ONLY = "25006";

  /** 57P01 to 57P05: shut down by an administrator, crashed, starting, dropped, idle too long. */
  private static final String OPERATOR_CLASS = "57P0";

  private static final int CAUSES_MAX = 10;

  private SqlErrors() {}

  /** What to throw instead. */
  static RuntimeException of(SQLException e) {
    return isUnavailable(e)
        ? new StoreUnavailable("the database cannot be used now: " + e.getMessage(), e)
        : new StoreBroken("the database refused a statement: " + e.getMessage(), e);
  }

  /** Whether an exception, or what caused it, says that the database is away. */
  static boolean isUnavailable(Throwable thrown) {
    var cause = Optional.of(thrown);
    for (var i = 0; i < CAUSES_MAX && cause.isPresent(); i++) {
      if (cause.get() instanceof StoreUnavailable
          || (cause.get() instanceof SQLException sql && saysAway(sql))) {
        return true;
      }
      cause = Optional.ofNullable(cause.get().getCause());
    }
    return false;
  }

  /** Whether two transactions met, and running this one again is the cure. */
  static boolean isCollision(StoreUnavailable e) {
    return e.getCause() instanceof SQLException sql
        && isCollision(Optional.ofNullable(sql.getSQLState()).orElse(""));
  }

  /** Whether a row like it exists already, by the named unique index or constraint. */
  static boolean isDuplicate(SQLException e, String uniqueIndex) {
    return hasState(e, UNIQUE_VIOLATION)
        && Optional.ofNullable(e.getMessage()).orElse("").contains(uniqueIndex);
  }

  /** Whether the statement broke that rule, such as {@link #UNIQUE_VIOLATION}. */
  static boolean hasState(SQLException e, String sqlState) {
    return sqlState.equals(e.getSQLState());
  }

  private static boolean saysAway(SQLException e) {
    if (e instanceof SQLTransientConnectionException) {
      return true;
    }
    var state = Optional.ofNullable(e.getSQLState()).orElse("");
    return state.startsWith(CONNECTION_CLASS)
        || state.startsWith(OPERATOR_CLASS)
        || state.startsWith(RESOURCES_CLASS)
        || state.equals(CANCELED_BY_TIMEOUT)
        || state.equals(READ_ONLY)
        || state.equals(LOCK_TIMEOUT)
        || isCollision(state);
  }

  private static boolean isCollision(String state) {
    return state.equals(SERIALIZATION_FAILED) || state.equals(DEADLOCK);
  }
}
