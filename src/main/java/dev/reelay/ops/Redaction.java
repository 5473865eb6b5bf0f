package dev.reelay.ops;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Hides what must not stand in a log: API keys, whatever follows {@code Bearer}, the signature of a
 * result address, which alone lets its holder read the file, and the secret of a callback address.
 */
final class Redaction {
  static final String HIDDEN = "[hidden]";

  private record Rule(Pattern secret, String replacement) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(Pattern.compile("\\b(rk_)[0-9A-Za-z]{16,}"), "$1" + HIDDEN),
          new Rule(Pattern.compile("(?i)\\b(bearer\\s+)[^\\s\"',;]+"), "$1" + HIDDEN),
          new Rule(Pattern.compile("(/files/[^/\\s]+/)[A-Za-z0-9_-]{22}"), "$1" + HIDDEN),
          new Rule(
              Pattern.compile("(/callback/[^/\\s]+/[0-9]+/)[A-Za-z0-9_-]{22}"), "$1" + HIDDEN));

  private Redaction() {}

  static String redact(String text) {
    var redacted = text;
    for (var rule : RULES) {
      redacted = rule.secret().matcher(redacted).replaceAll(rule.replacement());
    }
    return redacted;
  }
}
