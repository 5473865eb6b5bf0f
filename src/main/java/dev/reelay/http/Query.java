package dev.reelay.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a parameter of a raw query without taking the rest apart. The first of several wins. A name
 * without {@code =} has an empty value.
 */
final class Query {
  private Query() {}

  static Optional<String> find(String raw, String name, boolean plusIsSpace) {
    return find(raw, name, plusIsSpace, 0).map(Found::value);
  }

  /** All of them in their order, with {@code +} left as it is. */
  static List<String> all(String raw, String name) {
    var values = new ArrayList<String>();
    var found = find(raw, name, false, 0);
    while (found.isPresent()) {
      values.add(found.get().value());
      found = find(raw, name, false, found.get().end());
    }
    return values;
  }

  /** A value and where the next parameter begins. */
  private record Found(String value, int end) {}

  private static Optional<Found> find(String raw, String name, boolean plusIsSpace, int from) {
    int start = from;
    int length = raw.length();
    while (start < length) {
      int ampersand = raw.indexOf('&', start);
      int end = ampersand < 0 ? length : ampersand;
      int equals = raw.indexOf('=', start);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (isName(raw, start, nameEnd, name)) {
        var value = raw.substring(Math.min(nameEnd + 1, end), end);
        return Optional.of(new Found(Percent.decode(value, plusIsSpace), end + 1));
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
