package dev.reelay.http;

import java.util.Optional;

/**
 * Finds one parameter of a raw query without taking the rest apart. The first of several wins. A
 * name without {@code =} has an empty value.
 */
final class Query {
  private Query() {}

  static Optional<String> find(String raw, String name, boolean plusIsSpace) {
    int start = 0;
    int length = raw.length();
    while (start < length) {
      int ampersand = raw.indexOf('&', start);
      int end = ampersand < 0 ? length : ampersand;
      int equals = raw.indexOf('=', start);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (isName(raw, start, nameEnd, name)) {
        var value = raw.substring(Math.min(nameEnd + 1, end), end);
        return Optional.of(Percent.decode(value, plusIsSpace));
      }
      start = end + 1;
    }
    return Optional.empty();
  }

  private static boolean isName(String raw, int start, int end, String name) {
    if (end - start == name.length()) {
      return raw.startsWith(name, start);
    }
    if (end - start < name.length() || raw.lastIndexOf('%', end - 1) < start) {
      return false;
    }
    return Percent.decode(raw.substring(start, end), false).equals(name);
  }
}
