package dev.reelay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A line to a server on this machine that can break in the ways lines do. A change cuts what is
 * open. The port stays the same, and nobody else gets it.
 */
public final class FaultyLine implements AutoCloseable {
  private static final int BACKLOG_USUAL = 200;
  private static final int FULL_AFTER_MILLIS = 300;
  private static final int FILLERS_MAX = 64;
  private static final int BIND_TRIES_MAX = 10_000;

  private final InetSocketAddress target;
  private final InetSocketAddress address;
  private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();
  private volatile State state = State.WELL;

  /** What becomes of whoever dials. */
  public enum State {
    WELL,
    /** Nobody listens. */
    REFUSING,
    /** No packet is answered, so that dialling takes as long as its patience. */
    BLACK_HOLE,
    /** Connections are taken and nothing is ever said. */
    HANGING
  }

  private FaultyLine(int port) {
    this.target = loopback(port);
    var server = listen(loopback(0), BACKLOG_USUAL);
    this.address = loopback(server.getLocalPort());
    Thread.startVirtualThread(() -> accept(server));
  }

  /** A line to this port that is well. */
  public static FaultyLine to(int port) {
    return new FaultyLine(port);
  }

  /** {@code host:port}. */
  public String place() {
    return "127.0.0.1:" + address.getPort();
  }

  public synchronized void become(State next) {
    state = next;
    cut();
    switch (next) {
      case WELL, HANGING -> {
        var server = listen(address, BACKLOG_USUAL);
        Thread.startVirtualThread(() -> accept(server));
      }
      case REFUSING -> hold();
      case BLACK_HOLE -> {
        listen(address, 1);
        fill();
      }
    }
  }

  private void cut() {
    for (var each = open.poll(); each != null; each = open.poll()) {
      close(each);
    }
  }

  /** Bound and not listening: to dial it is refused. */
  private void hold() {
    try {
      var holder = new Socket();
      open.add(holder);
      holder.setReuseAddress(true);
      for (int tries = 0; tries < BIND_TRIES_MAX && !holder.isBound(); tries++) {
        try {
          holder.bind(address);
        } catch (BindException e) {
          Thread.onSpinWait();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Once nobody takes connections and their queue is full, the kernel drops who else dials. */
  private void fill() {
    for (int fillers = 0; fillers < FILLERS_MAX; fillers++) {
      var filler = new Socket();
      open.add(filler);
      try {
        filler.connect(address, FULL_AFTER_MILLIS);
      } catch (SocketTimeoutException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("the queue of connections does not fill");
  }

  private ServerSocket listen(InetSocketAddress where, int backlog) {
    for (int tries = 0; tries < BIND_TRIES_MAX; tries++) {
      try {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(where, backlog);
        open.add(server);
        return server;
      } catch (BindException e) {
        Thread.onSpinWait();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("another program has taken " + where);
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        var caller = server.accept();
        open.add(caller);
        if (state == State.WELL) {
          var callee = new Socket(target.getAddress(), target.getPort());
          open.add(callee);
          Thread.startVirtualThread(() -> pass(caller, callee));
          Thread.startVirtualThread(() -> pass(callee, caller));
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One end went away, and so the other does.
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static void close(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void close() {
    cut();
  }
}
