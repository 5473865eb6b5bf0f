package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Bytes written as text: {@code data:image/png;base64,…} or, as some clients send them, bare base64
 * of a picture. Blanks are what a form made of a plus sign; line breaks mean nothing; the signs of
 * URL-safe base64 are read, too.
 */
final class DataUrl {
  private static final String SCHEME = "data:";
  private static final String BASE64 = ";base64";
  private static final int HEAD_CHARS_MAX = 256;

  /** How base64 of a PNG, a JPEG, a WebP and a GIF begins. */
  private static final String[] BARE = {"iVBORw0KGgo", "/9j/", "UklGR", "R0lGOD"};

  private DataUrl() {}

  /** Whether a text means bytes and no address. */
  static boolean is(String text) {
    if (text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return true;
    }
    for (var start : BARE) {
      if (text.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /** How many bytes the text cannot exceed. */
  static long bytesMax(String text) {
    return text.length() * 3L / 4;
  }

  /** The bytes, or empty if they cannot be read. */
  static Optional<byte[]> decode(String text) {
    int start = 0;
    if (text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      int comma = text.indexOf(',');
      var isBase64 =
          comma > 0
              && comma < HEAD_CHARS_MAX
              && text.substring(0, comma).strip().toLowerCase(Locale.ROOT).endsWith(BASE64);
      if (!isBase64) {
        return Optional.empty();
      }
      start = comma + 1;
    }
    try {
      return Optional.of(Base64.getDecoder().decode(plain(text, start)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static byte[] plain(String text, int start) {
    var out = new StringBuilder(text.length() - start);
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\r', '\n', '\t' -> {}
        case ' ', '-' -> out.append('+');
        case '_' -> out.append('/');
        // Beyond Latin 1 nothing is base64, and it must not become something that is.
        default -> out.append(c < 128 ? c : '!');
      }
    }
    return out.toString().getBytes(ISO_8859_1);
  }
}
