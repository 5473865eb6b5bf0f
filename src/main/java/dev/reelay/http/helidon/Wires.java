package dev.reelay.http.helidon;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * All open connections, and the watchdog that closes those whose time is up. The server library
 * waits without limit for a client that sends slowly or does not read; here each wait has an end.
 * When there are too many connections, the one that has kept us waiting longest makes room.
 */
final class Wires implements AutoCloseable {
  private static final long SWEEP_MILLIS_MAX = 500;
  private static final int SWEEPS_PER_LIMIT = 4;

  private final Set<Wire> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watchdog;
  private final LongSupplier nanos;
  private final int connectionsMax;
  private volatile boolean isStopping;

  Wires(int connectionsMax, long shortestLimitMillis, LongSupplier nanos) {
    this.connectionsMax = connectionsMax;
    this.nanos = nanos;
    this.watchdog =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("http-watchdog").unstarted(task));
    long millis = Math.clamp(shortestLimitMillis / SWEEPS_PER_LIMIT, 1, SWEEP_MILLIS_MAX);
    var _ = watchdog.scheduleAtFixedRate(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** One at a time, so that the bound holds. */
  synchronized void add(Wire wire) {
    if (open.size() >= connectionsMax) {
      makeRoom();
    }
    open.add(wire);
  }

  void remove(Wire wire) {
    open.remove(wire);
  }

  int count() {
    return open.size();
  }

  /** From now on who has no request running is not waited for. */
  void stopWaiting() {
    isStopping = true;
    sweep();
  }

  private void sweep() {
    long now = nanos.getAsLong();
    for (var wire : open) {
      if (wire.isOverdue(now) || (isStopping && wire.mayEnd(now))) {
        wire.cut();
      }
    }
  }

  /** Only a connection without a running request may go, so nobody loses an answer. */
  private void makeRoom() {
    long now = nanos.getAsLong();
    open.stream()
        .filter(wire -> wire.waitingNanos(now) >= 0)
        .max(Comparator.comparingLong(wire -> wire.waitingNanos(now)))
        .ifPresent(
            victim -> {
              open.remove(victim);
              victim.cut();
            });
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
  }
}
