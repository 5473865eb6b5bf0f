package dev.reelay.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other processes what this one committed: one a process, in batches, outside every task's
 * transaction, and only while somebody else is there to hear it. What cannot be sent in time, or
 * not in full, becomes "everything changed".
 */
public final class ChangeNotifier implements AutoCloseable {
  static final int BATCH_WAIT_MILLIS = 50;
  static final int PENDING_MAX = 20_000;
  private static final int IDLE_WAIT_MILLIS = 500;
  private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(ChangeNotifier.class);

  private final Sql sql;
  private final BooleanSupplier othersPresent;
  private final String sender;

  /** Empty only wakes who waits. */
  private final LinkedBlockingQueue<Optional<Change>> pending =
      new LinkedBlockingQueue<>(PENDING_MAX);

  private final AtomicBoolean overflowed = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private ChangeNotifier(DataSource source, BooleanSupplier othersPresent, String sender) {
    this.sql = new Sql(source);
    this.othersPresent = othersPresent;
    this.sender = sender;
    this.thread = Thread.ofVirtual().name("change-notifier").unstarted(this::loop);
  }

  /**
   * @param othersPresent whether another node or a command line is there; asked at each change, so
   *     it must be quick
   * @param sender names this process; its own {@link ChangeListener} leaves such notices out
   */
  public static ChangeNotifier start(
      DataSource source, BooleanSupplier othersPresent, String sender) {
    var notifier = new ChangeNotifier(source, othersPresent, sender);
    notifier.thread.start();
    return notifier;
  }

  /** Notes a committed change. Never blocks, never throws. */
  public void announce(Change change) {
    if (othersPresent.getAsBoolean() && !pending.offer(Optional.of(change))) {
      overflowed.set(true);
    }
  }

  /** Sends what is pending and ends. */
  @Override
  public void close() {
    closing.countDown();
    // Wakes the thread; where the queue is full, it is awake.
    pending.offer(Optional.empty());
    try {
      if (!thread.join(CLOSE_WAIT_MAX)) {
        LOG.warn("the change notifier did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      while (!isClosing()) {
        var first =
            Optional.ofNullable(pending.poll(IDLE_WAIT_MILLIS, TimeUnit.MILLISECONDS))
                .flatMap(change -> change);
        if (first.isPresent() || overflowed.get()) {
          waitForCompany();
          sendWith(first);
        }
      }
      sendWith(Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The end of the process cuts the wait short. */
  private void waitForCompany() throws InterruptedException {
    if (closing.await(BATCH_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
      LOG.debug("sending the last changes");
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void sendWith(Optional<Change> first) {
    var batch = new LinkedHashSet<Change>();
    first.ifPresent(batch::add);
    var more = new ArrayList<Optional<Change>>();
    pending.drainTo(more);
    more.forEach(change -> change.ifPresent(batch::add));
    if (overflowed.getAndSet(false)) {
      batch.clear();
      batch.add(new Change.OfEverything());
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      send(batch);
    } catch (StoreUnavailable | StoreBroken e) {
      // The others must hear of it later, and not go on with what they have.
      overflowed.set(true);
      LOG.warn("changes could not be announced: {}", e.getMessage());
    }
  }

  private void send(Set<Change> batch) {
    var payloads = ChangeText.write(sender, batch).toArray(String[]::new);
    sql.run(session -> session.list(Signals.NOTIFY, _ -> true, Signals.CHANNEL, payloads));
  }
}
