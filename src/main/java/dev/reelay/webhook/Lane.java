package dev.reelay.webhook;

import java.net.URI;
import java.util.Locale;

/**
 * The queue that a delivery waits in: one for each endpoint, and for addresses that requests name
 * one for each host, so that a slow receiver delays only what is meant for it.
 */
public record Lane(String name) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  static Lane of(Endpoint endpoint, URI url) {
    return switch (endpoint.target()) {
      case Endpoint.Target.Address _ -> new Lane(endpoint.id().value());
      case Endpoint.Target.PerRequest _ -> new Lane(endpoint.id().value() + " " + place(url));
    };
  }

  private static String place(URI url) {
    var usual = "http".equalsIgnoreCase(url.getScheme()) ? HTTP_PORT : HTTPS_PORT;
    var host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    return host + ":" + (url.getPort() < 0 ? usual : url.getPort());
  }
}
