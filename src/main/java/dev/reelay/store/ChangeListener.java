package dev.reelay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what others changed, over a connection of its own, and passes it on to what is kept in
 * memory. Whenever the connection is new, something may have been missed: everything is dropped.
 */
public final class ChangeListener implements AutoCloseable {
  static final int REFRESH_MILLIS = 15_000;
  private static final int WAIT_MILLIS = 1_000;
  private static final int RECONNECT_MILLIS = 500;
  private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(ChangeListener.class);

  private final ConnectionSource connections;
  private final List<ChangeSink> sinks;
  private final String self;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch listening = new CountDownLatch(1);
  private final AtomicReference<@Nullable Connection> current = new AtomicReference<>();
  private final Thread thread;

  private ChangeListener(ConnectionSource connections, List<ChangeSink> sinks, String self) {
    this.connections = connections;
    this.sinks = List.copyOf(sinks);
    this.self = self;
    this.thread = Thread.ofVirtual().name("change-listener").unstarted(this::loop);
  }

  /** Opens connections that are no one else's. */
  public interface ConnectionSource {
    Connection open() throws SQLException;
  }

  /**
   * @param self the sender name of this process, whose own notices are left out
   */
  public static ChangeListener start(
      ConnectionSource connections, List<ChangeSink> sinks, String self) {
    var listener = new ChangeListener(connections, sinks, self);
    listener.thread.start();
    return listener;
  }

  /** Waits until the first connection listens; false if it does not within that time. */
  public boolean awaitListening(Duration longest) throws InterruptedException {
    return listening.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closing.countDown();
    Optional.ofNullable(current.get()).ifPresent(ChangeListener::abort);
    try {
      if (!thread.join(CLOSE_WAIT_MAX)) {
        LOG.warn("the change listener did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      while (!isClosing()) {
        try (var connection = connections.open()) {
          current.set(connection);
          listen(connection);
        } catch (SQLException e) {
          if (isClosing()) {
            return;
          }
          LOG.warn("changes of others are not heard, connecting again: {}", e.getMessage());
        }
        if (closing.await(RECONNECT_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("listen " + Signals.CHANNEL);
    }
    tell(ChangeSink::dropEverything);
    listening.countDown();
    var postgres = connection.unwrap(PGConnection.class);
    var waited = 0;
    while (!isClosing()) {
      var notices = postgres.getNotifications(WAIT_MILLIS);
      var heard = notices == null ? new PGNotification[0] : notices;
      for (var notice : heard) {
        pass(ChangeText.read(notice.getParameter()));
      }
      waited += heard.length == 0 ? WAIT_MILLIS : 0;
      if (waited >= REFRESH_MILLIS) {
        waited = 0;
        requireAlive(connection);
        tell(ChangeSink::refresh);
      }
    }
  }

  private void pass(ChangeText.Notice notice) {
    if (notice.sender().equals(self)) {
      return;
    }
    for (var change : notice.changes()) {
      if (change instanceof Change.OfEverything) {
        tell(ChangeSink::dropEverything);
      } else {
        tell(sink -> sink.changed(change));
      }
    }
  }

  /** One sink's trouble is not another's, and never ends the listening. */
  private void tell(Consumer<ChangeSink> word) {
    for (var sink : sinks) {
      try {
        word.accept(sink);
      } catch (StoreUnavailable | StoreBroken e) {
        LOG.warn("what is kept in memory could not be renewed: {}", e.getMessage());
      }
    }
  }

  /** A peer that vanished without a word is noticed by asking. */
  private static void requireAlive(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("the listening connection was gone already", e);
    }
  }
}
