package dev.reelay.provider;

import dev.reelay.routing.ChannelProxy;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A socket that connects by way of a proxy: to whoever uses it, it is connected to the target. HTTP
 * proxies are asked by CONNECT (RFC 9110, 9.3.6), SOCKS5 ones as RFC 1928 and 1929 say. Nothing of
 * a request is sent before the proxy said that the way is open.
 */
final class ProxySocket extends Socket {
  static final int HEAD_BYTES_MAX = 8_192;
  private static final int SOCKS_VERSION = 5;
  private static final int LOGIN_VERSION = 1;
  private static final int NO_LOGIN = 0;
  private static final int BY_PASSWORD = 2;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int PORT_BYTES = 2;
  private static final int NAME_BYTES_MAX = 255;
  private static final int SUCCESS_FIRST = 200;
  private static final int SUCCESS_LAST = 299;

  private final ChannelProxy proxy;
  private final Names names;

  ProxySocket(ChannelProxy proxy, Names names) {
    super(Proxy.NO_PROXY);
    this.proxy = proxy;
    this.names = names;
  }

  /** The proxy did not open the way; the message has no address and no secret. */
  static final class Refused extends SocketException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  @Override
  public void connect(SocketAddress target) throws IOException {
    connect(target, 0);
  }

  /**
   * @param target resolved, or not where the proxy does that
   * @param timeout milliseconds for all of it; 0 for no bound
   */
  @Override
  public void connect(SocketAddress target, int timeout) throws IOException {
    if (!(target instanceof InetSocketAddress place)) {
      throw new Refused("this is no address for a proxy");
    }
    var ends = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
    var before = getSoTimeout();
    try {
      var address = names.resolve(proxy.host()).getFirst();
      super.connect(new InetSocketAddress(address, proxy.port()), timeout);
      var talk = new Talk(ends, timeout == 0);
      switch (proxy.kind()) {
        case HTTP -> byConnect(talk, place);
        case SOCKS5 -> bySocks(talk, place);
      }
      setSoTimeout(before);
    } catch (SocketTimeoutException e) {
      throw refused("the proxy did not answer in time", e);
    } catch (Refused e) {
      throw e;
    } catch (IOException e) {
      throw refused("the proxy could not be used (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static Refused refused(String words, IOException cause) {
    var refused = new Refused(words);
    refused.initCause(cause);
    return refused;
  }

  /** Reads no byte more than it needs: what follows belongs to the target. */
  private final class Talk {
    private final long ends;
    private final boolean isEndless;

    Talk(long ends, boolean isEndless) {
      this.ends = ends;
      this.isEndless = isEndless;
    }

    void say(byte[] bytes) throws IOException {
      getOutputStream().write(bytes);
      getOutputStream().flush();
    }

    int read() throws IOException {
      if (!isEndless) {
        var left = TimeUnit.NANOSECONDS.toMillis(ends - System.nanoTime());
        if (left <= 0) {
          throw new SocketTimeoutException();
        }
        setSoTimeout(Math.toIntExact(left));
      }
      var next = getInputStream().read();
      if (next < 0) {
        throw new EOFException();
      }
      return next;
    }

    void skip(int bytes) throws IOException {
      for (var i = 0; i < bytes; i++) {
        read();
      }
    }
  }

  private void byConnect(Talk talk, InetSocketAddress target) throws IOException {
    var place = new HostPort(host(target), target.getPort());
    var head = new StringBuilder("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n");
    proxy
        .login()
        .map(login -> login.user() + ":" + login.password().reveal())
        .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
        .ifPresent(text -> head.append("Proxy-Authorization: Basic ").append(text).append("\r\n"));
    talk.say(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    var status = status(head(talk));
    if (status < SUCCESS_FIRST || status > SUCCESS_LAST) {
      throw new Refused("the proxy did not open the way (HTTP " + status + ")");
    }
  }

  private static String head(Talk talk) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      if (head.length() == HEAD_BYTES_MAX) {
        throw new Refused("the proxy's answer is too long");
      }
      head.append((char) talk.read());
    }
    return head.toString();
  }

  private static int status(String head) throws Refused {
    var words = head.split(" ", 3);
    if (!words[0].startsWith("HTTP/1.") || words.length < 2 || !words[1].matches("[0-9]{3}.*")) {
      throw new Refused("what is there is no HTTP proxy");
    }
    return Integer.parseInt(words[1].substring(0, 3));
  }

  private void bySocks(Talk talk, InetSocketAddress target) throws IOException {
    var withLogin = proxy.login().isPresent();
    talk.say(
        withLogin
            ? new byte[] {SOCKS_VERSION, 2, NO_LOGIN, BY_PASSWORD}
            : new byte[] {SOCKS_VERSION, 1, NO_LOGIN});
    requireVersion(talk.read());
    var method = talk.read();
    if (method == BY_PASSWORD && withLogin) {
      logIn(talk, proxy.login().orElseThrow());
    } else if (method != NO_LOGIN) {
      throw new Refused("the proxy wants another login");
    }
    talk.say(request(target));
    requireVersion(talk.read());
    var reply = talk.read();
    if (reply != 0) {
      throw new Refused("the proxy did not open the way (SOCKS reply " + reply + ")");
    }
    talk.skip(1);
    skipAddress(talk);
  }

  private static void requireVersion(int version) throws Refused {
    if (version != SOCKS_VERSION) {
      throw new Refused("what is there is no SOCKS5 proxy");
    }
  }

  private static void logIn(Talk talk, ChannelProxy.Login login) throws IOException {
    var user = login.user().getBytes(StandardCharsets.UTF_8);
    var password = login.password().reveal().getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream();
    bytes.write(LOGIN_VERSION);
    bytes.write(user.length);
    bytes.writeBytes(user);
    bytes.write(password.length);
    bytes.writeBytes(password);
    talk.say(bytes.toByteArray());
    talk.skip(1);
    if (talk.read() != 0) {
      throw new Refused("the proxy refused user or password");
    }
  }

  private static byte[] request(InetSocketAddress target) throws Refused {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {SOCKS_VERSION, CONNECT, 0});
    if (target.isUnresolved()) {
      var name = target.getHostString().getBytes(StandardCharsets.US_ASCII);
      if (name.length > NAME_BYTES_MAX) {
        throw new Refused("the host's name is too long for a proxy");
      }
      bytes.write(NAME);
      bytes.write(name.length);
      bytes.writeBytes(name);
    } else {
      var address = target.getAddress().getAddress();
      bytes.write(address.length == IPV4_BYTES ? IPV4 : IPV6);
      bytes.writeBytes(address);
    }
    bytes.write(target.getPort() >> Byte.SIZE);
    bytes.write(target.getPort());
    return bytes.toByteArray();
  }

  /** Where the proxy connects from, which nobody needs. */
  private static void skipAddress(Talk talk) throws IOException {
    var kind = talk.read();
    var length =
        switch (kind) {
          case IPV4 -> IPV4_BYTES;
          case IPV6 -> IPV6_BYTES;
          case NAME -> talk.read();
          default -> throw new Refused("what is there is no SOCKS5 proxy");
        };
    talk.skip(length + PORT_BYTES);
  }

  private static String host(InetSocketAddress target) {
    return target.isUnresolved() ? target.getHostString() : target.getAddress().getHostAddress();
  }
}
