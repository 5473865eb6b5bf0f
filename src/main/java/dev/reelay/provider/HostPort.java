package dev.reelay.provider;

import java.util.Locale;

/**
 * One place on the network as an operator lists it.
 *
 * @param host lower case; an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
  private static final int PORT_MAX = 65_535;

  public HostPort {
    host = host.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isBlank() || port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException("no host:port such as 10.0.0.5:8080");
    }
  }

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static HostPort parse(String text) {
    var colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("no host:port such as 10.0.0.5:8080: " + text);
    }
    try {
      var port = Integer.parseInt(text.substring(colon + 1).strip());
      return new HostPort(text.substring(0, colon).strip(), port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no host:port such as 10.0.0.5:8080: " + text, e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
