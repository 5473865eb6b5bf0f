package dev.reelay.routing;

import dev.reelay.access.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The way by which all calls of a channel go, results too. The operator's word is enough for where
 * the proxy itself is.
 *
 * @param host lower case; an IPv6 address without its brackets
 * @param port 1 to 65535
 * @param resolvesNames host names are told to the proxy as they are; else addresses are, after we
 *     looked them up and found them allowed
 */
public record ChannelProxy(
    Kind kind, String host, int port, boolean resolvesNames, Optional<Login> login) {
  private static final int PORT_MAX = 65_535;

  public ChannelProxy {
    host = host.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isBlank() || port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException("a proxy is at host:port such as proxy.example:1080");
    }
  }

  /** How it is spoken to. */
  public enum Kind {
    /** By CONNECT, for http targets too: it sees no request. */
    HTTP,
    SOCKS5;

    /** How it is stored and shown; it never changes. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Who we are to it.
   *
   * @param user 1 to 255 bytes of UTF-8, without a colon
   * @param password 1 to 255 bytes of UTF-8
   */
  public record Login(String user, Secret password) {
    private static final int BYTES_MAX = 255;

    public Login {
      if (!fits(user) || user.indexOf(':') >= 0 || !fits(password.reveal())) {
        throw new IllegalArgumentException(
            "a proxy's user and password have 1 to 255 bytes, and the user no colon");
      }
    }

    private static boolean fits(String text) {
      var bytes = text.getBytes(StandardCharsets.UTF_8).length;
      return bytes >= 1 && bytes <= BYTES_MAX && text.chars().noneMatch(Character::isISOControl);
    }
  }

  /** {@code socks5 proxy.example:1080}; never a password. */
  public String words() {
    var place = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    return kind.word() + " " + place;
  }
}
