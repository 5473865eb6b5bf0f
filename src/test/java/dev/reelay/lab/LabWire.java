package dev.reelay.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * HTTP/1.1 on raw sockets of loopback, so that silence, cuts and garbage are real. A virtual thread
 * a connection; connections are kept.
 */
final class LabWire implements AutoCloseable {
  private static final int BODY_BYTES_MAX = 64 << 20;
  private static final int LINE_BYTES_MAX = 64 << 10;
  private static final int WAITING_MAX = 1_000;

  private final ServerSocket server;
  private final Function<LabRequest, LabAnswer> brain;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch patience = new CountDownLatch(1);

  private LabWire(ServerSocket server, Function<LabRequest, LabAnswer> brain) {
    this.server = server;
    this.brain = brain;
  }

  /**
   * @param port 0 for a free one
   */
  static LabWire start(int port, Function<LabRequest, LabAnswer> brain) {
    try {
      var address = InetAddress.ofLiteral("127.0.0.1");
      var wire = new LabWire(new ServerSocket(port, WAITING_MAX, address), brain);
      Thread.startVirtualThread(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException("the lab cannot listen on port " + port, e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        open.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        var in = new BufferedInputStream(socket.getInputStream())) {
      socket.setTcpNoDelay(true);
      for (var more = true; more; ) {
        var request = read(in, socket.getOutputStream());
        more = write(socket.getOutputStream(), request, brain.apply(request));
      }
    } catch (IOException | InterruptedException e) {
      // The other side has gone, or the lab is closed.
    } finally {
      open.remove(socket);
    }
  }

  /** Whether the connection is kept. */
  private boolean write(OutputStream out, LabRequest request, LabAnswer answer)
      throws IOException, InterruptedException {
    return switch (answer) {
      case LabAnswer.Whole whole -> {
        var head = new StringBuilder("HTTP/1.1 " + whole.status() + " Lab\r\n");
        whole.headerLines().forEach(line -> head.append(line).append("\r\n"));
        head.append("Content-Length: ").append(whole.body().remaining()).append("\r\n\r\n");
        out.write(head.toString().getBytes(ISO_8859_1));
        if (!request.method().equals("HEAD")) {
          Channels.newChannel(out).write(whole.body().duplicate());
        }
        out.flush();
        yield request.header("connection").filter("close"::equalsIgnoreCase).isEmpty();
      }
      case LabAnswer.Hang _ -> {
        patience.await();
        yield false;
      }
      case LabAnswer.Cut _ -> false;
      case LabAnswer.Garbage _ -> {
        out.write("\u0001\u0002 this is no HTTP \u0003\r\n\r\n".getBytes(ISO_8859_1));
        yield false;
      }
    };
  }

  private static LabRequest read(InputStream in, OutputStream out) throws IOException {
    var first = line(in).split(" ", 3);
    if (first.length < 3) {
      throw new SocketException("no request");
    }
    var headers = headers(in);
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
    }
    var target = first[1].split("\\?", 2);
    return new LabRequest(
        first[0],
        target[0],
        target.length == 2 ? target[1] : "",
        headers,
        ByteBuffer.wrap(body(in, headers)),
        Map.of());
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    var headers = new TreeMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      var whole = new ByteArrayOutputStream();
      for (var size = chunkSize(in); size > 0; size = chunkSize(in)) {
        whole.write(bytes(in, size));
        requireBodySize(whole.size());
        line(in);
      }
      headers(in);
      return whole.toByteArray();
    }
    return bytes(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).replaceAll(";.*", "").strip(), 16);
  }

  private static byte[] bytes(InputStream in, int length) throws IOException {
    requireBodySize(length);
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new SocketException("the other side closed");
    }
    return bytes;
  }

  private static void requireBodySize(int bytes) throws IOException {
    if (bytes > BODY_BYTES_MAX) {
      throw new SocketException("a body of more than " + BODY_BYTES_MAX + " bytes");
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.size() > LINE_BYTES_MAX) {
        throw new SocketException("the other side closed, or sends no lines");
      }
      line.write(c);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** Closes the connections on which nothing is said. */
  void hangUp() {
    var ended = patience;
    patience = new CountDownLatch(1);
    ended.countDown();
  }

  @Override
  public void close() {
    hangUp();
    try {
      server.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
