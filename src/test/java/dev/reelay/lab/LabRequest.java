package dev.reelay.lab;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param path decoded only by {@link #part}; without the name of the lab's part before it
 * @param query raw; empty if there is none
 * @param headers by their names in lower case
 * @param parts what the route's pattern found in the path
 */
public record LabRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    ByteBuffer content,
    Map<String, String> parts) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A piece of the path, decoded. */
  public String part(String name) {
    return decoded(parts.getOrDefault(name, ""));
  }

  /** The first parameter of that name, decoded. */
  public Optional<String> parameter(String name) {
    return parameters(name).stream().findFirst();
  }

  /** Every parameter of that name, decoded. */
  public List<String> parameters(String name) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> decoded(pair[0]).equals(name))
        .map(pair -> pair.length == 2 ? decoded(pair[1]) : "")
        .toList();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The body. */
  public byte[] bytes() {
    var bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }

  /** The body as text. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /**
   * The body as a JSON object, to be read strictly.
   *
   * @throws LabRefusal if it is none
   */
  public LabBody json() {
    return LabBody.parse(text());
  }

  LabRequest at(String newPath, Map<String, String> found) {
    return new LabRequest(method, newPath, query, headers, content, found);
  }
}
