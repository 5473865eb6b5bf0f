package dev.reelay.http;

import java.net.URI;

/**
 * The address under which clients reach us, without a slash at the end. The configured public URL
 * is the only one if there is one. Otherwise scheme and host are those that the client used, which
 * a trusted proxy may tell.
 */
public final class BaseUrl {
  static final int HOST_CHARS_MAX = 255;
  private static final String UNKNOWN_HOST = "localhost";

  private final String fixed;
  private final TrustedProxies proxies;

  private BaseUrl(String fixed, TrustedProxies proxies) {
    this.fixed = fixed;
    this.proxies = proxies;
  }

  /**
   * One address for all answers.
   *
   * @throws IllegalArgumentException if it is no http or https URL with a host, or has a query
   */
  public static BaseUrl fixed(URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web
        || url.getHost() == null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException("not a public base URL: " + url);
    }
    var text = url.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return new BaseUrl(text, TrustedProxies.NONE);
  }

  /** The address as the client sees it. */
  public static BaseUrl asSeen(TrustedProxies proxies) {
    return new BaseUrl("", proxies);
  }

  String of(Incoming incoming) {
    if (!fixed.isEmpty()) {
      return fixed;
    }
    boolean https =
        proxies
            .forwarded(incoming, FieldName.X_FORWARDED_PROTO)
            .filter("https"::equals)
            .isPresent();
    return (https ? "https://" : "http://") + host(incoming);
  }

  private String host(Incoming incoming) {
    return proxies
        .forwarded(incoming, FieldName.X_FORWARDED_HOST)
        .filter(BaseUrl::isHost)
        .or(() -> incoming.header(FieldName.HOST).filter(BaseUrl::isHost))
        .orElse(UNKNOWN_HOST);
  }

  /** Letters, digits and {@code .-_:[]}: nothing that could end or change the URL it is put in. */
  public static boolean isHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c >= 128 || !(Character.isLetterOrDigit(c) || ".-_:[]".indexOf(c) >= 0)) {
        return false;
      }
    }
    return !host.isEmpty() && host.length() <= HOST_CHARS_MAX;
  }
}
