package dev.reelay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a free loopback port that answers with scripted bytes, one script a request, so that
 * garbage, silence, cuts and resets are real. Without a script left it answers 500.
 */
public final class FakeUpstream implements AutoCloseable {
  private static final int BLOCK_BYTES = 65_536;

  private final ServerSocket server;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private static final int BIND_TRIES_MAX = 1_000;

  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  private FakeUpstream(ServerSocket server) {
    this.server = server;
  }

  public static FakeUpstream start() {
    try {
      var fake = new FakeUpstream(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.startVirtualThread(fake::accept);
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request as it came, header names in lower case. */
  public record Request(String method, String target, Map<String, String> headers, String body) {}

  /** What is done with one request. */
  public sealed interface Script {
    /** Bytes, each as one character below 256. */
    record Bytes(String bytes, boolean thenClose) implements Script {}

    /** Reads the request and says nothing. */
    record Hang() implements Script {}

    /** Reads the request and closes in order. */
    record Cut() implements Script {}

    /** Reads the request and resets the connection. */
    record Reset() implements Script {}

    /** A head, then bytes until the other side has enough. */
    record Endless(String head) implements Script {}

    /** A head, then one byte each interval. */
    record Drip(String head, int intervalMillis) implements Script {}
  }

  public static Script answer(int status, String body, String... headerLines) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return answer(status, bytes, headerLines);
  }

  public static Script answer(int status, byte[] body, String... headerLines) {
    var head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    for (var line : headerLines) {
      head.append(line).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    return new Script.Bytes(head + new String(body, StandardCharsets.ISO_8859_1), false);
  }

  /** Exactly these bytes, then the end. */
  public static Script raw(String bytes) {
    return new Script.Bytes(bytes, true);
  }

  public FakeUpstream will(Script... next) {
    scripts.addAll(List.of(next));
    return this;
  }

  public String baseUrl() {
    return "http://" + place();
  }

  /** {@code host:port}. */
  public String place() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public int connections() {
    return connections.get();
  }

  /** From now on connections are refused; the port stays ours, so nobody else answers there. */
  public void stopListening() {
    try {
      var address = server.getLocalSocketAddress();
      server.close();
      holdPort(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port is free a moment after the closing; whoever is quicker than us is bad luck. */
  private void holdPort(SocketAddress address) throws IOException {
    var holder = new Socket();
    open.add(holder);
    holder.setReuseAddress(true);
    for (var tries = 0; tries < BIND_TRIES_MAX && !holder.isBound(); tries++) {
      try {
        holder.bind(address);
      } catch (BindException e) {
        Thread.onSpinWait();
      }
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      for (var more = true; more; ) {
        var request = read(socket.getInputStream());
        requests.add(request);
        var script = scripts.poll();
        more = perform(socket, script == null ? answer(500, "no script is left") : script);
      }
    } catch (IOException | InterruptedException e) {
      // The other side went away, which is often the point of a test.
      open.remove(socket);
    }
  }

  private boolean perform(Socket socket, Script script) throws IOException, InterruptedException {
    var out = socket.getOutputStream();
    switch (script) {
      case Script.Bytes(String bytes, boolean thenClose) -> {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return !thenClose;
      }
      case Script.Hang _ -> closed.await();
      case Script.Cut _ -> {}
      case Script.Reset _ -> socket.setSoLinger(true, 0);
      case Script.Endless(String head) -> {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        while (closed.getCount() > 0) {
          out.write(new byte[BLOCK_BYTES]);
        }
      }
      case Script.Drip(String head, int intervalMillis) -> {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        while (!closed.await(intervalMillis, TimeUnit.MILLISECONDS)) {
          out.write('x');
          out.flush();
        }
      }
    }
    return false;
  }

  private static Request read(InputStream in) throws IOException {
    var first = line(in).split(" ", 3);
    if (first.length < 3) {
      throw new SocketException("no request");
    }
    var headers = new TreeMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(first[0], first[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new SocketException("the other side closed");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() {
    closed.countDown();
    stopListening();
    try {
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
