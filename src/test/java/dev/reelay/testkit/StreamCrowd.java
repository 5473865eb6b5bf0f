package dev.reelay.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Pattern;

/**
 * Thousands of event streams over sockets of their own, each read by a virtual thread. It measures
 * how long after a change was decided its event is here; both ends read the same clock.
 */
public final class StreamCrowd implements AutoCloseable {
  private static final int COME_AGAIN_MAX = 20;
  private static final int CONNECTING_MAX = 128;
  private static final int READ_BYTES = 2 << 10;
  private static final int DELAY_MILLIS_MAX = 120_000;
  private static final int CONNECT_MILLIS_MAX = 60_000;
  private static final Pattern CHANGED = Pattern.compile("\"status_update_time\":([0-9]{13})");

  private final int port;
  private final InstantSource clock = InstantSource.system();
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore connecting = new Semaphore(CONNECTING_MAX);
  private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicIntegerArray delays = new AtomicIntegerArray(DELAY_MILLIS_MAX + 1);
  private final CountDownLatch begun;
  private final CountDownLatch ended;

  /** Milliseconds from the decision to the event in the client's hand. */
  public record Delays(long count, int p50, int p99, int worst) {}

  public StreamCrowd(int port, int streams) {
    this.port = port;
    this.begun = new CountDownLatch(streams);
    this.ended = new CountDownLatch(streams);
  }

  /** Opens one more stream. */
  public void open(String key, String id) {
    readers.execute(() -> readWhenServed(key, id));
  }

  /** Waits until every stream has told its first event; false if they have not in time. */
  public boolean awaitBegun(Duration longest) {
    return await(begun, longest);
  }

  /** Waits until every stream was ended by its last event. */
  public boolean awaitEnded(Duration longest) {
    return await(ended, longest);
  }

  private static boolean await(CountDownLatch latch, Duration longest) {
    try {
      return latch.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What went wrong, a line each. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /** How many streams have not told anything so far. */
  public long silent() {
    return begun.getCount();
  }

  /** Changes of state so far, without the first event of each stream. */
  public Delays delays() {
    long count = 0;
    int worst = 0;
    for (int millis = 0; millis <= DELAY_MILLIS_MAX; millis++) {
      count += delays.get(millis);
      worst = delays.get(millis) > 0 ? millis : worst;
    }
    return new Delays(count, percentile(count, 50), percentile(count, 99), worst);
  }

  private int percentile(long count, int percent) {
    long seen = 0;
    for (int millis = 0; millis <= DELAY_MILLIS_MAX; millis++) {
      seen += delays.get(millis);
      if (seen * 100 >= count * percent) {
        return millis;
      }
    }
    return DELAY_MILLIS_MAX;
  }

  /** A relay that has too much to do says so by 503; a client comes again. */
  private void readWhenServed(String key, String id) {
    try {
      boolean isServed = false;
      for (int again = 0; again < COME_AGAIN_MAX && !isServed; again++) {
        isServed = read(key, id);
      }
      if (!isServed) {
        throw new IOException("never served");
      }
      ended.countDown();
    } catch (IOException | RuntimeException e) {
      faults.add(e.toString());
    }
  }

  private boolean read(String key, String id) throws IOException {
    try (var socket = new Socket()) {
      sockets.add(socket);
      var in = new BufferedInputStream(connect(socket, key, id), READ_BYTES);
      var status = head(in);
      if (!status.startsWith("HTTP/1.1 200 ")) {
        if (status.startsWith("HTTP/1.1 503 ")) {
          return false;
        }
        throw new IOException(status);
      }
      var last = events(new ChunkedBody(in));
      if (!last.equals("failed") && !last.equals("completed")) {
        throw new IOException("ended after " + last);
      }
      return true;
    }
  }

  private InputStream connect(Socket socket, String key, String id) throws IOException {
    connecting.acquireUninterruptibly();
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
      socket.connect(address, CONNECT_MILLIS_MAX);
      var request =
          "GET /v1/video/events?id="
              + id
              + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
              + key
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return socket.getInputStream();
    } finally {
      connecting.release();
    }
  }

  private static String head(InputStream in) throws IOException {
    var first = line(in);
    for (var next = first; !next.isEmpty(); next = line(in)) {
      // The fields say nothing that is needed here.
    }
    return first;
  }

  /** Reads to the end; the name of the last event. */
  private String events(InputStream in) throws IOException {
    var name = "";
    var before = "";
    boolean isLate = false;
    for (var line = line(in); !line.isEmpty() || !isLate; line = line(in)) {
      isLate = line.isEmpty();
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        before = event(line, before);
      }
    }
    return name;
  }

  /**
   * Counts an event. One of progress has the time of the change before it and says nothing about a
   * delay.
   *
   * @param before when the task had changed by the event before; empty if this is the first
   * @return when the task has changed
   */
  private String event(String data, String before) {
    var matcher = CHANGED.matcher(data);
    var changed = matcher.find() ? matcher.group(1) : before;
    if (before.isEmpty()) {
      begun.countDown();
    } else if (!changed.equals(before)) {
      long delay = clock.millis() - Long.parseLong(changed);
      delays.incrementAndGet(Math.clamp(delay, 0, DELAY_MILLIS_MAX));
    }
    return changed;
  }

  /** Empty at the end too; events never hold two empty lines in a row. */
  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    for (var socket : sockets) {
      try {
        socket.close();
      } catch (IOException _) {
        // It is gone, which is what was wanted.
      }
    }
    readers.close();
  }
}
