package dev.reelay.http.helidon;

import dev.reelay.http.Answer;
import dev.reelay.http.BodyBudget;
import dev.reelay.http.EdgeError;
import dev.reelay.http.HttpLimits;
import dev.reelay.http.Refused;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One connection, put between the socket and the HTTP parser of the library. It knows what we wait
 * for and until when, counts the bytes of a body as they arrive, and is closed by {@link Wires}
 * when the time is up. Written by the thread of the connection, read by the watchdog.
 */
final class Wire implements ConnectionContext {
  /** What the connection is doing. */
  enum Phase {
    IDLE,
    HEAD,
    BODY,
    HANDLING,
    WRITING,
    LEAVING
  }

  /** What the wires of one server share. */
  record Terms(
      HttpLimits limits, BodyBudget budget, LongSupplier nanos, Router router, QuickPath quick) {}

  private static final int WRITE_SLICE_BYTES = 8 << 10;
  private static final int FRAMING_FACTOR = 8;
  private static final int FRAMING_BYTES = 64 << 10;
  private static final long NEVER = Long.MAX_VALUE;

  /** A head that is coming in when the server stops has this long to become a request. */
  private static final long HEAD_AT_STOP_NANOS = 1_000_000_000;

  private final ConnectionContext inner;
  private final HelidonSocket socket;
  private final PeerInfo peer;
  private final Terms terms;
  private final DataReader reader;
  private final DataWriter writer = new Writer();

  private volatile Phase phase = Phase.IDLE;
  private final AtomicLong deadlineNanos = new AtomicLong(NEVER);
  private final AtomicLong sinceNanos;
  private long bodyBytes;
  private long bodyBytesMax;
  private volatile boolean isQuick;
  private boolean isHttp10;
  private Optional<Answer> kept = Optional.empty();

  Wire(ConnectionContext inner, Terms terms) {
    this.inner = inner;
    this.socket = inner.serverSocket();
    this.peer = inner.remotePeer();
    this.terms = terms;
    this.reader = DataReader.create(this::read);
    this.sinceNanos = new AtomicLong(terms.nanos().getAsLong());
  }

  // What the watchdog asks.

  boolean isOverdue(long now) {
    long deadline = deadlineNanos.get();
    return deadline != NEVER && now - deadline > 0;
  }

  /** How long we have waited for this client to send; -1 if a request of it is running. */
  long waitingNanos(long now) {
    return phase == Phase.IDLE || phase == Phase.HEAD ? Math.max(0, now - sinceNanos.get()) : -1;
  }

  boolean isIdle() {
    return phase == Phase.IDLE;
  }

  /** Whether a server that stops need not wait: nobody has begun a request that would be lost. */
  boolean mayEnd(long now) {
    return switch (phase) {
      case IDLE -> true;
      case HEAD -> now - sinceNanos.get() >= HEAD_AT_STOP_NANOS;
      case BODY, HANDLING, WRITING, LEAVING -> false;
    };
  }

  /** Whether a request is running that the library knows nothing of. */
  boolean isQuick() {
    return isQuick;
  }

  Duration idleTime() {
    return Duration.ofNanos(Math.max(0, waitingNanos(terms.nanos().getAsLong())));
  }

  /** Closes the socket, which also wakes the thread that waits for it. */
  void cut() {
    deadlineNanos.lazySet(NEVER);
    try {
      socket.close();
    } catch (RuntimeException _) {
      // It was closed already, which is what we wanted; the watchdog must live on.
    }
  }

  // What the thread of the connection tells.

  void handling() {
    isQuick = false;
    enter(Phase.HANDLING, NEVER);
  }

  /** As {@link #handling}, while the library believes that it waits for a request. */
  void handlingQuickly() {
    isQuick = true;
    enter(Phase.HANDLING, NEVER);
  }

  void idle() {
    isQuick = false;
    long now = terms.nanos().getAsLong();
    sinceNanos.lazySet(now);
    enter(Phase.IDLE, now + terms.limits().patience().idle().toNanos());
  }

  void body(int limitBytes) {
    bodyBytesMax = (long) limitBytes * FRAMING_FACTOR + FRAMING_BYTES;
    enter(Phase.BODY, terms.nanos().getAsLong() + terms.limits().patience().body().toNanos());
  }

  /** From here on what arrives is thrown away, for a short while only. */
  void leaving(long nanos) {
    enter(Phase.LEAVING, terms.nanos().getAsLong() + nanos);
  }

  /** Gives back the room that the body of the finished request took. */
  void release() {
    if (bodyBytes > 0) {
      terms.budget().give(bodyBytes);
      bodyBytes = 0;
    }
  }

  /** Whether the request said HTTP/1.0, so that the connection must end after the answer. */
  boolean isHttp10() {
    return isHttp10;
  }

  /** Keeps an answer that only the library can send; it comes back for it with the request. */
  void keep(Answer answer) {
    kept = Optional.of(answer);
  }

  /** The answer that was kept for the request under way, if any; given out once. */
  Optional<Answer> takeKept() {
    var answer = kept;
    kept = Optional.empty();
    return answer;
  }

  /** The other end of the connection. */
  InetAddress peerAddress() {
    return peer.address() instanceof InetSocketAddress socket
        ? socket.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /** Reads and forgets. Returns how many bytes came, 0 at the end. */
  int skip() {
    var bytes = socket.get();
    return bytes == null ? 0 : bytes.length;
  }

  private void enter(Phase next, long deadline) {
    deadlineNanos.lazySet(deadline);
    phase = next;
  }

  private byte[] read() {
    // One that the library did not come back for belongs to no request that follows.
    kept = Optional.empty();
    // Otherwise the library holds the beginning of the next request already.
    boolean isBetweenRequests = phase == Phase.IDLE && reader.available() == 0;
    var bytes = receive();
    while (isBetweenRequests && bytes != null && terms.quick().answers(this, bytes)) {
      bytes = receive();
    }
    if (bytes == null) {
      return bytes;
    }
    if (phase == Phase.IDLE) {
      isHttp10 = HttpVersion.raise(bytes);
      long now = terms.nanos().getAsLong();
      sinceNanos.lazySet(now);
      enter(Phase.HEAD, now + terms.limits().patience().head().toNanos());
    } else if (phase == Phase.BODY) {
      count(bytes.length);
    }
    return bytes;
  }

  private byte[] receive() {
    try {
      return socket.get();
    } catch (UncheckedIOException e) {
      throw new CloseConnectionException("cannot read", e);
    }
  }

  private void count(int bytes) {
    if (bodyBytes + bytes > bodyBytesMax) {
      throw new Refused(EdgeError.BODY_TOO_LARGE.problem());
    }
    if (!terms.budget().take(bytes)) {
      throw new Refused(EdgeError.SERVER_BUSY.problem());
    }
    bodyBytes += bytes;
  }

  /** Writes in slices, so that a slow reader shows progress and a stalled one shows none. */
  private final class Writer implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
      for (var buffer : buffers) {
        write(buffer);
      }
    }

    @Override
    public void write(BufferData buffer) {
      var before = phase;
      long deadlineBefore = deadlineNanos.get();
      long patience = terms.limits().patience().write().toNanos();
      if (buffer.available() <= WRITE_SLICE_BYTES) {
        enter(Phase.WRITING, terms.nanos().getAsLong() + patience);
        socket.write(buffer);
      } else {
        var slice = new byte[WRITE_SLICE_BYTES];
        while (buffer.available() > 0) {
          int length = buffer.read(slice);
          enter(Phase.WRITING, terms.nanos().getAsLong() + patience);
          socket.write(BufferData.create(slice, 0, length));
        }
      }
      enter(before, deadlineBefore);
    }

    @Override
    public void writeNow(BufferData... buffers) {
      write(buffers);
    }

    @Override
    public void writeNow(BufferData buffer) {
      write(buffer);
    }
  }

  // The rest of the connection as the library made it.

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public Router router() {
    return terms.router();
  }

  @Override
  public HelidonSocket serverSocket() {
    return socket;
  }

  @Override
  public PeerInfo remotePeer() {
    return peer;
  }

  @Override
  public PeerInfo localPeer() {
    return inner.localPeer();
  }

  @Override
  public ListenerContext listenerContext() {
    return inner.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return inner.executor();
  }

  @Override
  public boolean isSecure() {
    return inner.isSecure();
  }

  @Override
  public String socketId() {
    return inner.socketId();
  }

  @Override
  public String childSocketId() {
    return inner.childSocketId();
  }
}
