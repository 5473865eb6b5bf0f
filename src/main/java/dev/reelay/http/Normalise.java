package dev.reelay.http;

import java.util.Optional;

/**
 * Makes one path of the many spellings that clients send, before routing: {@code //v1} and {@code
 * /v1/v1} (a base URL with its own slash or version), a trailing slash, unreserved characters
 * written as {@code %XX}. An encoded slash stays encoded: it is part of a segment and never divides
 * two. Dot segments are refused and not resolved, for no honest client sends one.
 */
public final class Normalise {
  static final int PATH_CHARS_MAX = 2_048;
  private static final String VERSION = "/v1";
  private static final String VERSION_TWICE = "/v1/v1";

  private Normalise() {}

  /** The normal spelling, which starts with a slash; empty if the path must be refused. */
  public static Optional<String> path(String raw) {
    if (raw.length() > PATH_CHARS_MAX || raw.isEmpty()) {
      return Optional.empty();
    }
    if (isNormal(raw)) {
      return Optional.of(raw);
    }
    return rewritten(originForm(raw));
  }

  /** One pass and no allocation, since nearly every request is spelled well. */
  private static boolean isNormal(String raw) {
    int length = raw.length();
    if (raw.charAt(0) != '/' || raw.startsWith(VERSION_TWICE)) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == '\\' || c <= ' ' || c > '~') {
        return false;
      }
      if (raw.charAt(i - 1) == '/' && (c == '/' || c == '.')) {
        return false;
      }
    }
    return length == 1 || raw.charAt(length - 1) != '/';
  }

  /** Drops scheme and host of a request line as proxies get it. */
  private static String originForm(String raw) {
    if (raw.charAt(0) == '/') {
      return raw;
    }
    int authority = raw.startsWith("http://") ? 7 : raw.startsWith("https://") ? 8 : -1;
    if (authority < 0) {
      return raw;
    }
    int slash = raw.indexOf('/', authority);
    return slash < 0 ? "/" : raw.substring(slash);
  }

  private static Optional<String> rewritten(String raw) {
    if (raw.charAt(0) != '/') {
      return Optional.empty();
    }
    var path = new StringBuilder(raw.length());
    int start = 1;
    while (start <= raw.length()) {
      int slash = raw.indexOf('/', start);
      int end = slash < 0 ? raw.length() : slash;
      if (end > start) {
        path.append('/');
        if (!appendSegment(path, raw, start, end)) {
          return Optional.empty();
        }
      }
      start = end + 1;
    }
    return Optional.of(path.isEmpty() ? "/" : versionOnce(path.toString()));
  }

  private static boolean appendSegment(StringBuilder path, String raw, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
      int octet = c == '%' ? Percent.octet(raw, i, end) : -1;
      if (octet >= 0 && isUnreserved(octet)) {
        path.append((char) octet);
        i += 2;
      } else {
        path.append(c);
      }
    }
    return isSafe(Percent.decode(raw.substring(start, end), false));
  }

  private static boolean isUnreserved(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "-._~:".indexOf(c) >= 0);
  }

  /** Refuses a segment that would climb or cut if someone used it as a file name. */
  private static boolean isSafe(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c < ' ' || c == '\\' || c == '\u007f' || c == '\uFFFD') {
        return false;
      }
    }
    return !isDots(segment)
        && !segment.contains("../")
        && !segment.contains("/..")
        && !segment.startsWith("./")
        && !segment.contains("/./");
  }

  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  private static String versionOnce(String path) {
    var once = path;
    while (once.startsWith(VERSION_TWICE)
        && (once.length() == VERSION_TWICE.length()
            || once.charAt(VERSION_TWICE.length()) == '/')) {
      once = once.substring(VERSION.length());
    }
    return once;
  }
}
