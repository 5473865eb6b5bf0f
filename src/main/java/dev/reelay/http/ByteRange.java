package dev.reelay.http;

/**
 * One byte range of a file. Several ranges, other units and what cannot be read are ignored, as the
 * standard allows: the whole file is a right answer to them.
 */
sealed interface ByteRange {
  /** From {@code first} to {@code last}, both inside the file and included. */
  record Part(long first, long last) implements ByteRange {}

  /** Answer as if no range had been asked for. */
  record Ignored() implements ByteRange {}

  /** Readable, but nothing of the file lies in it: 416. */
  record Unsatisfiable() implements ByteRange {}

  /** More digits than any file size has would overflow. */
  int DIGITS_MAX = 18;

  static ByteRange parse(String value, long size) {
    var text = value.strip();
    if (!text.regionMatches(true, 0, "bytes=", 0, 6) || text.indexOf(',') >= 0) {
      return new Ignored();
    }
    int dash = text.indexOf('-', 6);
    if (dash < 0) {
      return new Ignored();
    }
    var from = text.substring(6, dash).strip();
    var to = text.substring(dash + 1).strip();
    if (!isDigits(from) || !isDigits(to) || (from.isEmpty() && to.isEmpty())) {
      return new Ignored();
    }
    return from.isEmpty() ? suffix(number(to), size) : bounded(from, to, size);
  }

  private static ByteRange suffix(long length, long size) {
    return length == 0 || size == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, size - length), size - 1);
  }

  private static ByteRange bounded(String from, String to, long size) {
    long first = number(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
    if (last < first) {
      return new Ignored();
    }
    return first >= size ? new Unsatisfiable() : new Part(first, Math.min(last, size - 1));
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long number(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    boolean isHuge = digits.length() - start > DIGITS_MAX;
    return isHuge ? Long.MAX_VALUE : Long.parseLong(digits.substring(start));
  }
}
