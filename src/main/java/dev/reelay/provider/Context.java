package dev.reelay.provider;

import dev.reelay.access.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

  /** The same for calls that show something else than the channel's own secret. */
  Context with(Secret token) {
    return new Context(baseUrl, token, upstreamModel, settings, now);
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

  /**
   * A text of theirs, such as an id, as one part of a path. The colon is legal there and stays;
   * dots alone would lead upwards.
   */
  public static String segment(String text) {
    var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    var part = encoded.replace("+", "%20").replace("%3A", ":");
    return part.matches("\\.+") ? part.replace(".", "%2E") : part;
  }

  public Call.SecretHeader bearer() {
    return new Call.SecretHeader("Authorization", "Bearer ", credential);
  }
}
