package dev.reelay.http.dialect;

import dev.reelay.asset.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Tells whether two calls asked for the same: the SHA-256 of the route and of the fields with their
 * names in order and without blanks, a file by its own SHA-256. A program may write its fields in
 * another order when it repeats a call, and a form never has the same boundary twice.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /** 64 lower-case hex digits. */
  public static String of(String route, JsonNode body) {
    var canonical = new StringBuilder(route).append('\n');
    write(body, canonical);
    return Sha256.hex(canonical.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      out.append('{');
      for (var name : new TreeSet<>(node.propertyNames())) {
        text(name, out);
        write(node.path(name), out);
      }
      out.append('}');
    } else if (node.isArray()) {
      out.append('[');
      for (var item : node) {
        write(item, out);
      }
      out.append(']');
    } else if (SentFile.in(node).isPresent()) {
      out.append('#').append(SentFile.in(node).get().sha256()).append(',');
    } else if (node.isString()) {
      text(node.asString(), out);
    } else {
      out.append(node.asString()).append(',');
    }
  }

  /** The length in front makes quotes and escapes needless. */
  private static void text(String text, StringBuilder out) {
    out.append('"').append(text.length()).append(':').append(text);
  }
}
