package dev.reelay.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The places at which one life of a node can be struck: before each statement, before and after
 * each commit, and those that {@link #pass} names. They are counted as they are passed; one of them
 * strikes.
 */
public final class CrashPoints {
  /** What happens at the place. */
  public enum Fault {
    /** The process is gone: nothing that it does from then on has any effect. */
    CRASH,
    /** The database is away from then on, for a while. */
    DATABASE_DOWN,
    /** What is being done is done, and its answer never comes. */
    TIME_OUT
  }

  private static final Duration DOWN = Duration.ofSeconds(20);
  private static final Set<String> EXECUTES = Set.of("execute", "executeUpdate", "executeQuery");
  private static final String AWAY = "08006";

  private final InstantSource clock;
  private int left;
  private Fault fault = Fault.CRASH;
  private int passed;
  private boolean counting;
  private boolean dead;
  private boolean losesAnswer;
  private Instant downUntil = Instant.MIN;

  public CrashPoints(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * From now on places are counted, and the n-th strikes.
   *
   * @param place counted from 1; 0 for none
   */
  public void arm(int place, Fault what) {
    left = place;
    fault = what;
    passed = 0;
    counting = true;
  }

  /** How many places were passed. */
  public int passed() {
    return passed;
  }

  public boolean isDead() {
    return dead;
  }

  /** The next process begins; the database is as it was. */
  public void bornAgain() {
    dead = false;
    counting = false;
  }

  /** A place outside the store; whether the answer that is coming is lost there. */
  public boolean pass() {
    strike();
    var lost = losesAnswer;
    losesAnswer = false;
    return lost;
  }

  private void strike() {
    requireAlive();
    if (!counting) {
      return;
    }
    passed++;
    left--;
    if (left != 0) {
      return;
    }
    switch (fault) {
      case CRASH -> {
        dead = true;
        throw new SimulatedCrash();
      }
      case DATABASE_DOWN -> downUntil = clock.instant().plus(DOWN);
      case TIME_OUT -> losesAnswer = true;
    }
  }

  private void requireAlive() {
    if (dead) {
      throw new SimulatedCrash();
    }
  }

  private void requireUp() throws SQLException {
    if (clock.instant().isBefore(downUntil)) {
      throw new SQLException("the database is down", AWAY);
    }
  }

  /** The same database, with every place in it. */
  public DataSource in(DataSource source) {
    return proxy(
        DataSource.class,
        (_, method, values) -> {
          var result = reached(source, method, values);
          return result instanceof Connection connection ? in(connection) : result;
        });
  }

  /** The same database, as dead and away as the process and itself are, with no place in it. */
  public DataSource beside(DataSource source) {
    return proxy(DataSource.class, (_, method, values) -> reached(source, method, values));
  }

  private Object reached(DataSource source, Method method, Object[] values) throws Throwable {
    requireAlive();
    requireUp();
    return invoke(source, method, values);
  }

  private Connection in(Connection connection) {
    return proxy(
        Connection.class,
        (_, method, values) -> {
          if (method.getName().equals("commit")) {
            return through(() -> invoke(connection, method, values), true);
          }
          var result = invoke(connection, method, values);
          return result instanceof PreparedStatement statement ? in(statement) : result;
        });
  }

  private PreparedStatement in(PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        (_, method, values) ->
            EXECUTES.contains(method.getName())
                ? through(() -> invoke(statement, method, values), false)
                : invoke(statement, method, values));
  }

  private interface Work {
    Object run() throws Throwable;
  }

  private Object through(Work work, boolean alsoAfter) throws Throwable {
    strike();
    requireUp();
    var result = work.run();
    if (losesAnswer) {
      losesAnswer = false;
      throw new SQLException("the answer was lost", AWAY);
    }
    if (alsoAfter) {
      strike();
      losesAnswer = false;
      requireUp();
    }
    return result;
  }

  private static Object invoke(Object on, Method method, Object[] values) throws Throwable {
    try {
      return method.invoke(on, values);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static <T> T proxy(Class<T> kind, InvocationHandler handler) {
    return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, handler));
  }
}
