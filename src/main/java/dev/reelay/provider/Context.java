package dev.reelay.provider;

import dev.reelay.access.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * What an adapter may know of its channel and the moment.
 *
 * @param baseUrl the channel's address without a trailing slash
 * @param settings the channel's own settings
 */
public record Context(
    URI baseUrl,
    Secret credential,
    String upstreamModel,
    Map<String, String> settings,
    Instant now) {
  private static final String VERSION_1 = "/v1";

  public Context {
    settings = Map.copyOf(settings);
  }

  /** The base URL with a path (and query) behind it. */
  public URI at(String pathAndQuery) {
    return URI.create(baseUrl + pathAndQuery);
  }

  /**
   * The same for a path that begins with {@code /v1}. Operators write base URLs with and without
   * it.
   */
  public URI atVersion1(String pathAndQuery) {
    var base = baseUrl.toString();
    return base.endsWith(VERSION_1)
        ? URI.create(base.substring(0, base.length() - VERSION_1.length()) + pathAndQuery)
        : at(pathAndQuery);
  }

  public Call.SecretHeader bearer() {
    return new Call.SecretHeader("Authorization", "Bearer ", credential);
  }
}
