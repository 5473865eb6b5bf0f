package dev.reelay.provider;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Scheme, host and port of an address. A credential goes to its own origin only: the same host and
 * port under another scheme is another origin, since plain text would show the credential.
 *
 * @param scheme {@code http} or {@code https}
 */
public record Origin(String scheme, HostPort place) {
  static final int HTTPS_PORT = 443;
  static final int HTTP_PORT = 80;

  /**
   * The origin of an address.
   *
   * @throws IllegalArgumentException if it is no absolute http or https address with a host
   */
  public static Origin of(URI uri) {
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException("only http and https addresses are called");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("the address has no usable host");
    }
    var port = uri.getPort() != -1 ? uri.getPort() : usualPort(scheme);
    return new Origin(scheme, new HostPort(uri.getHost(), port));
  }

  /** The origin, if the address has one. */
  static Optional<Origin> find(URI uri) {
    try {
      return Optional.of(of(uri));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
  }
}
