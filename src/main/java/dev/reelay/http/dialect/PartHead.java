package dev.reelay.http.dialect;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What stands above a part of a form (RFC 7578 section 4): its name, the name of a file, and the
 * type that the client claims. Header fields of other names are skipped.
 *
 * @param name of the field; empty if there is none
 * @param hasFileName whether a file name was given, which says that the part is a file
 * @param type lower case, without parameters; empty if none was given
 */
record PartHead(Optional<String> name, boolean hasFileName, String type) {

  static PartHead parse(String head) {
    var name = Optional.<String>empty();
    boolean hasFileName = false;
    var type = "";
    // A line that begins with a blank goes on with the line before it.
    for (var line : head.replaceAll("\r?\n[ \t]+", " ").split("\r?\n", -1)) {
      int colon = line.indexOf(':');
      var field = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      var value = line.substring(colon + 1).strip();
      if (field.equals("content-disposition")) {
        var parameters = parameters(value);
        name = Optional.ofNullable(parameters.get("name")).filter(text -> !text.isBlank());
        hasFileName =
            parameters.containsKey("filename*")
                || !parameters.getOrDefault("filename", "").isEmpty();
      } else if (field.equals("content-type")) {
        type = value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      }
    }
    return new PartHead(name, hasFileName, type);
  }

  /** Whether the client says that it is characters. */
  boolean claimsText() {
    return type.startsWith("text/") || claimsJson();
  }

  boolean claimsJson() {
    return type.equals("application/json") || type.endsWith("+json");
  }

  /**
   * The parameters of a header value by their lower-case names; the first of each counts. In quotes
   * only a quote and a backslash are escaped by a backslash, for file names may hold others.
   */
  static Map<String, String> parameters(String value) {
    var found = new HashMap<String, String>();
    int at = nextSemicolon(value, 0);
    while (at < value.length()) {
      int end = nextSemicolon(value, at + 1);
      var parameter = value.substring(at + 1, end);
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        var name = parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        found.putIfAbsent(name, unquoted(parameter.substring(equals + 1).strip()));
      }
      at = end;
    }
    return found;
  }

  private static int nextSemicolon(String value, int from) {
    boolean isQuoted = false;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (isQuoted && isEscape(value, i)) {
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ';' && !isQuoted) {
        return i;
      }
    }
    return value.length();
  }

  private static String unquoted(String text) {
    if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
      return text;
    }
    var out = new StringBuilder();
    for (int i = 1; i < text.length() - 1; i++) {
      if (isEscape(text, i)) {
        i++;
      }
      out.append(text.charAt(i));
    }
    return out.toString();
  }

  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '\\'
        && at + 1 < text.length()
        && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
  }
}
