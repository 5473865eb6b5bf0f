package dev.reelay.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent decoding that never fails: a {@code %} without two hex digits after it stands for itself,
 * octets that are no UTF-8 and NUL (which no database text can hold) become U+FFFD.
 */
public final class Percent {
  private static final char REPLACEMENT = '\uFFFD';

  private Percent() {}

  /** The octet written at {@code text[at..at+2]}, or -1 if there is none. */
  static int octet(String text, int at, int end) {
    if (at + 2 >= end) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Decodes; {@code plusIsSpace} is the rule of forms, which would spoil an id. */
  public static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
      return text;
    }
    var octets = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int octet = c == '%' ? octet(text, i, text.length()) : -1;
      if (octet >= 0) {
        octets.write(octet);
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        octets.write(' ');
      } else {
        octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return octets.toString(StandardCharsets.UTF_8).replace('\0', REPLACEMENT);
  }
}
