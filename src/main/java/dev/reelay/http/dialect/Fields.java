package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a lenient JSON object: each under several names, numbers and booleans also as
 * strings. Null and empty texts are as good as absent. It remembers which names it was asked for,
 * so that what nobody knows can be named. Used by one thread.
 */
public final class Fields {
  /** The one object whose members count as the caller's own fields. */
  private static final String NESTED = "video_config";

  private static final int DIGITS_MAX = 40;
  private static final int PLAIN_NAME_CHARS_MAX = 64;
  private static final List<String> BOOLEANS = List.of("true", "false");

  private final Map<String, JsonNode> sent = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  public Fields(JsonNode object) {
    for (var entry : object.properties()) {
      if (entry.getKey().equals(NESTED) && entry.getValue().isObject()) {
        for (var nested : entry.getValue().properties()) {
          sent.put(NESTED + "." + nested.getKey(), nested.getValue());
        }
      } else {
        sent.put(entry.getKey(), entry.getValue());
      }
    }
  }

  /** A field as sent, under the name that the caller used. */
  public record Sent(String name, JsonNode node) {}

  /** All of these that were sent, in the order of the names. */
  public List<Sent> all(String... names) {
    var found = new ArrayList<Sent>();
    for (var name : names) {
      known.add(name);
      var node = sent.get(name);
      if (node != null && !isAbsent(node)) {
        found.add(new Sent(name, node));
      }
    }
    return found;
  }

  public Optional<Sent> first(String... names) {
    return all(names).stream().findFirst();
  }

  /** Names that were sent and never asked for. */
  public List<String> unknown() {
    return sent.keySet().stream().filter(name -> !known.contains(name)).toList();
  }

  /** A stranger's name as we give it back in a text: short, and with nothing that acts. */
  public static String plain(String name) {
    var out = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), PLAIN_NAME_CHARS_MAX); i++) {
      char c = name.charAt(i);
      boolean isPlain = c < 128 && (Character.isLetterOrDigit(c) || "._-[]".indexOf(c) >= 0);
      out.append(isPlain ? c : '?');
    }
    return out.toString();
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isNull() || (node.isString() && node.asString().isBlank());
  }

  /** Whether it is a text, a number or a boolean; not an object, an array or a file. */
  public static boolean isScalar(Sent field) {
    return field.node().isValueNode() && !field.node().isPojo();
  }

  /**
   * A text, or a number or boolean as its text.
   *
   * @throws dev.reelay.http.ApiRefusal if it is an object, array or file, or too long
   */
  public static String text(Sent field, int charsMax) {
    if (!isScalar(field)) {
      throw ApiError.field(
              field.name(),
              "`" + field.name() + "` must be a text.",
              "`" + field.name() + "` 必须是字符串。")
          .refusal();
    }
    var text = storable(field.node().asString());
    if (text.length() > charsMax) {
      throw ApiError.field(
              field.name(),
              "`" + field.name() + "` may have at most " + charsMax + " characters.",
              "`" + field.name() + "` 最多 " + charsMax + " 个字符。")
          .refusal();
    }
    return text;
  }

  /**
   * A whole number, also as a text such as {@code "10"} or {@code 10.0}.
   *
   * @throws dev.reelay.http.ApiRefusal if it is none, or out of bounds
   */
  public static long whole(Sent field, long least, long most) {
    try {
      var text = !isScalar(field) ? "" : field.node().asString().strip();
      if (text.length() <= DIGITS_MAX && !field.node().isBoolean()) {
        long number = new BigDecimal(text).longValueExact();
        if (number >= least && number <= most) {
          return number;
        }
      }
    } catch (ArithmeticException | NumberFormatException _) {
      // No number, not whole, or far too large: all told alike below.
    }
    throw ApiError.field(
            field.name(),
            "`" + field.name() + "` must be a whole number from " + least + " to " + most + ".",
            "`" + field.name() + "` 必须是 " + least + " 到 " + most + " 之间的整数。")
        .refusal();
  }

  /**
   * A yes or no, also as a text or as 1 and 0.
   *
   * @throws dev.reelay.http.ApiRefusal if it is neither
   */
  public static boolean yes(Sent field) {
    var text = !isScalar(field) ? "" : field.node().asString();
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default ->
          throw ApiError.field(
                  field.name(),
                  "`" + field.name() + "` must be true or false.",
                  "`" + field.name() + "` 必须是 true 或 false。")
              .allowing(BOOLEANS)
              .refusal();
    };
  }

  /** NUL and halves of a surrogate pair cannot be stored as text; they become U+FFFD. */
  public static String storable(String text) {
    int bad = firstUnstorable(text, 0);
    if (bad < 0) {
      return text;
    }
    var out = new StringBuilder(text);
    while (bad >= 0) {
      out.setCharAt(bad, '\uFFFD');
      bad = firstUnstorable(out, bad);
    }
    return out.toString();
  }

  private static int firstUnstorable(CharSequence text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return i;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
