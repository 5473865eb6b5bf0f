package dev.reelay.http.helidon;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** A connection of the library that signs in with {@link Wires} for as long as it lives. */
final class GuardedConnection implements ServerConnection, InterruptableTask<Void> {
  private final ServerConnection inner;
  private final Wire wire;
  private final Wires wires;

  GuardedConnection(ServerConnection inner, Wire wire, Wires wires) {
    this.inner = inner;
    this.wire = wire;
    this.wires = wires;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    wire.idle();
    wires.add(wire);
    try {
      inner.handle(limit);
    } finally {
      wires.remove(wire);
      wire.release();
    }
  }

  /**
   * The library believes that it waits while {@link QuickPath} answers, and until it has read the
   * first line of a request that is here already.
   */
  @Override
  public boolean canInterrupt() {
    return wire.isIdle() && inner instanceof InterruptableTask<?> task && task.canInterrupt();
  }

  /** Not what the library says: it does not see what goes past it. */
  @Override
  public Duration idleTime() {
    return wire.idleTime();
  }

  /** A request that the library does not see ends first; {@link Wires} closes what waits then. */
  @Override
  public void close(boolean interrupt) {
    if (!wire.isQuick()) {
      inner.close(interrupt);
    }
  }
}
