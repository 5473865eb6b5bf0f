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
  public Context {
    settings = Map.copyOf(settings);
  }

  /** The base URL with a path (and query) behind it. */
  public URI at(String pathAndQuery) {
    return URI.create(baseUrl + pathAndQuery);
  }

  public Call.SecretHeader bearer() {
    return new Call.SecretHeader("Authorization", "Bearer ", credential);
  }
}
