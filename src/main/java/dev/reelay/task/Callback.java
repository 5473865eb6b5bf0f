package dev.reelay.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider sent to a callback address, as it came: text of strangers, and never more than a
 * hint.
 *
 * @param method in upper case
 * @param path that of the address as the provider was given it, whatever a proxy makes of it on the
 *     way here
 * @param query the raw query behind the address; empty if there is none
 * @param headers those that signatures are made of, by their lower-case names; one that was sent
 *     several times is one text, divided by commas
 * @param raw the body, byte for byte
 */
public record Callback(
    String method, String path, String query, Map<String, String> headers, ByteBuffer raw) {
  public static final int HEADERS_MAX = 16;
  public static final int HEADER_CHARS_MAX = 4_096;

  public Callback {
    headers = Map.copyOf(headers);
    raw = raw.asReadOnlyBuffer();
    if (headers.size() > HEADERS_MAX
        || headers.values().stream().anyMatch(value -> value.length() > HEADER_CHARS_MAX)) {
      throw new IllegalArgumentException("too many or too long headers of a callback");
    }
  }

  /** One without headers, posted to an address without a path. */
  public Callback(String query, String body) {
    this("POST", "/", query, Map.of(), ByteBuffer.wrap(body.getBytes(UTF_8)));
  }

  /** The body as text. */
  public String body() {
    return UTF_8.decode(raw.duplicate()).toString();
  }

  /** The body, byte for byte. */
  public byte[] bytes() {
    var bytes = new byte[raw.remaining()];
    raw.duplicate().get(bytes);
    return bytes;
  }

  /**
   * @param name in lower case
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
