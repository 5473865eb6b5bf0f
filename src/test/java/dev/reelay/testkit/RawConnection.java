package dev.reelay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A TCP connection to a server on this machine: sends any bytes, reads answers with a length. */
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;

  /** One answer; the names of the fields are lower case. */
  public record Answer(int status, Map<String, String> fields, String body) {
    public String field(String name) {
      return fields.getOrDefault(name, "");
    }
  }

  public RawConnection(int port) {
    this(port, 0);
  }

  /**
   * Connects.
   *
   * @param receiveBufferBytes the room for unread bytes; 0 for the system's choice
   */
  public RawConnection(int port, int receiveBufferBytes) {
    try {
      socket = new Socket();
      if (receiveBufferBytes > 0) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RawConnection send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawConnection send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends what the other end takes; true if all of it went out. */
  public boolean trySend(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads one answer, with the body that its length announces. */
  public Answer read() {
    return read(true);
  }

  /** Reads the head of one answer; the body, if any, stays unread. */
  public Answer readHead() {
    return read(false);
  }

  private Answer read(boolean withBody) {
    try {
      var first = line();
      if (first.isEmpty()) {
        throw new IOException("closed without an answer");
      }
      var fields = new TreeMap<String, String>();
      for (var line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        fields.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
      }
      int length = withBody ? Integer.parseInt(fields.getOrDefault("content-length", "0")) : 0;
      var body = new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
      return new Answer(Integer.parseInt(first.substring(9, 12)), fields, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads to the end; the number of bytes. A reset is an end too. */
  public long drain() {
    long count = 0;
    var buffer = new byte[64 << 10];
    try {
      for (int n = socket.getInputStream().read(buffer); n >= 0; ) {
        count += n;
        n = socket.getInputStream().read(buffer);
      }
    } catch (SocketTimeoutException e) {
      throw new UncheckedIOException("still open", e);
    } catch (IOException _) {
      return count;
    }
    return count;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = socket.getInputStream().read(); c >= 0 && c != '\n'; ) {
      if (c != '\r') {
        line.write(c);
      }
      c = socket.getInputStream().read();
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
