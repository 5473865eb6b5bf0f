package dev.reelay.http;

import dev.reelay.asset.Sha256;
import java.util.HexFormat;

/** Makes entity tags of bytes, and compares them the weak way, as If-None-Match asks for. */
public final class EntityTags {
  private static final int TAG_BYTES = 16;

  private EntityTags() {}

  /** The tag of these bytes, with its quotes. */
  public static String of(byte[] bytes) {
    return '"' + HexFormat.of().formatHex(Sha256.of(bytes), 0, TAG_BYTES) + '"';
  }

  /**
   * Whether a list such as {@code W/"a", "b"} or {@code *} names this tag.
   *
   * @param tag with its quotes
   */
  public static boolean anyMatches(String list, String tag) {
    int start = 0;
    while (start <= list.length()) {
      int comma = list.indexOf(',', start);
      int end = comma < 0 ? list.length() : comma;
      var one = list.substring(start, end).strip();
      if (one.equals("*") || opaque(one).equals(opaque(tag))) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
