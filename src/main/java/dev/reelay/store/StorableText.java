package dev.reelay.store;

/**
 * Text as PostgreSQL can keep it. U+0000 and halves of surrogate pairs, which a provider may well
 * send in a message, would make every commit of that fact fail; they become U+FFFD.
 */
final class StorableText {
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  static String of(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (isStrange(text, i)) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    var out = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      out.append(isStrange(text, i) ? REPLACEMENT : text.charAt(i));
    }
    return out.toString();
  }

  private static boolean isStrange(String text, int index) {
    var c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }
    return c == 0;
  }
}
