package dev.reelay.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real proxy on a free loopback port: HTTP CONNECT or SOCKS5, with or without a login. It notes
 * where it was asked to go, and goes to one place whatever the name.
 */
public final class LittleProxy implements AutoCloseable {
  private static final int IPV4 = 1;
  private static final int NAME = 3;

  private final ServerSocket server;
  private final Optional<String> login;
  private final int targetPort;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.WILLING;

  /** What it does. */
  public enum Mood {
    WILLING,
    REFUSING,
    SILENT,
    GARBLED
  }

  private enum Kind {
    HTTP,
    SOCKS
  }

  private LittleProxy(Kind kind, Optional<String> login, int targetPort) {
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.login = login;
    this.targetPort = targetPort;
    Thread.startVirtualThread(() -> accept(kind));
  }

  /**
   * @param login {@code user:password}; empty for anybody
   * @param targetPort the loopback port to which it leads names
   */
  public static LittleProxy http(Optional<String> login, int targetPort) {
    return new LittleProxy(Kind.HTTP, login, targetPort);
  }

  public static LittleProxy socks(Optional<String> login, int targetPort) {
    return new LittleProxy(Kind.SOCKS, login, targetPort);
  }

  public int port() {
    return server.getLocalPort();
  }

  public void become(Mood next) {
    mood = next;
  }

  /** Each {@code host:port} that it was asked for, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept(Kind kind) {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        open.add(client);
        Thread.startVirtualThread(() -> serve(kind, client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Kind kind, Socket client) {
    try (client) {
      if (mood == Mood.SILENT) {
        client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      } else if (mood == Mood.GARBLED) {
        say(client, "SSH-2.0-nothing of the kind\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      } else if (kind == Kind.HTTP) {
        connect(client);
      } else {
        socks(client);
      }
    } catch (IOException _) {
      // The test sees what came of it.
    }
  }

  private void connect(Socket client) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) client.getInputStream().read());
    }
    asked.add(head.toString().split(" ")[1]);
    var sent =
        head.toString()
            .lines()
            .filter(line -> line.startsWith("Proxy-Authorization: Basic "))
            .map(
                line ->
                    new String(
                        Base64.getDecoder().decode(line.substring(27)), StandardCharsets.UTF_8))
            .findFirst();
    if (mood == Mood.REFUSING || !sent.equals(login)) {
      say(client, "HTTP/1.1 407 No\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    say(client, "HTTP/1.1 200 Open\r\nX: y\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    tunnel(client);
  }

  private void socks(Socket client) throws IOException {
    var in = client.getInputStream();
    in.read();
    in.readNBytes(in.read());
    say(client, new byte[] {5, (byte) (login.isPresent() ? 2 : 0)});
    if (login.isPresent()) {
      in.read();
      var user = text(in);
      var good = login.get().equals(user + ":" + text(in));
      say(client, new byte[] {1, (byte) (good ? 0 : 1)});
      if (!good) {
        return;
      }
    }
    in.readNBytes(3);
    asked.add(host(in) + ":" + (in.read() << 8 | in.read()));
    var reply = (byte) (mood == Mood.REFUSING ? 2 : 0);
    say(client, new byte[] {5, reply, 0, 1, 127, 0, 0, 1, 0, 0});
    if (reply == 0) {
      tunnel(client);
    }
  }

  private static String host(InputStream in) throws IOException {
    return switch (in.read()) {
      case IPV4 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
      case NAME -> text(in);
      default -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
    };
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
  }

  private static void say(Socket client, byte[] bytes) throws IOException {
    client.getOutputStream().write(bytes);
    client.getOutputStream().flush();
  }

  private void tunnel(Socket client) throws IOException {
    try (var target = new Socket(InetAddress.getLoopbackAddress(), targetPort)) {
      open.add(target);
      Thread.startVirtualThread(() -> pump(target, client));
      client.getInputStream().transferTo(target.getOutputStream());
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.close();
    } catch (IOException _) {
      // The other side has gone.
    }
  }

  @Override
  public void close() {
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
