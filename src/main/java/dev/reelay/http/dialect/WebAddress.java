package dev.reelay.http.dialect;

/** Tells http and https URLs from other texts, without refusing letters that {@code URI} would. */
public final class WebAddress {
  public static final int CHARS_MAX = 8 << 10;

  private WebAddress() {}

  public static boolean is(String text) {
    int host = hostStart(text, 0);
    if (host < 0 || text.length() > CHARS_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '\u007f' || c == '"' || c == '<' || c == '>' || c == '\\') {
        return false;
      }
    }
    return host < text.length() && "/?#:@".indexOf(text.charAt(host)) < 0;
  }

  /**
   * The same text in which no program finds a URL: {@code http} becomes {@code hxxp}. Clients scan
   * answers for a URL and take it as the finished video, whatever the status says.
   */
  public static String defanged(String text) {
    var out = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      if (hostStart(text, i) >= 0) {
        out.append(text, copied, i).append(text.charAt(i)).append("xx");
        copied = i + 3;
      }
    }
    return copied == 0 ? text : out.append(text, copied, text.length()).toString();
  }

  /** Where the host of a URL that begins at {@code at} begins; -1 if none begins there. */
  private static int hostStart(String text, int at) {
    if (!text.regionMatches(true, at, "http", 0, 4)) {
      return -1;
    }
    if (text.startsWith("://", at + 4)) {
      return at + 7;
    }
    return text.regionMatches(true, at + 4, "s://", 0, 4) ? at + 8 : -1;
  }
}
