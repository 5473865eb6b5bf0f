package dev.reelay.config;

import java.util.List;

/**
 * One setting as it is in force, fit to be shown to anyone.
 *
 * @param value as it was written; {@code [hidden]} for a secret that is set, empty if nothing is
 * @param origin such as {@code default}, {@code /etc/reelay.yaml:3} or {@code REELAY_PORT}
 */
public record EffectiveValue(String key, String variable, String value, String origin) {
  static final String HIDDEN = "[hidden]";

  /** The values as aligned lines for a terminal: key, value, origin. */
  public static String table(List<EffectiveValue> values) {
    var keyWidth = values.stream().mapToInt(v -> v.key().length()).max().orElse(1);
    var valueWidth = values.stream().mapToInt(v -> v.shown().length()).max().orElse(1);
    var line = "%-" + keyWidth + "s  %-" + valueWidth + "s  %s\n";
    var table = new StringBuilder();
    for (var value : values) {
      table.append(line.formatted(value.key(), value.shown(), value.origin()));
    }
    return table.toString();
  }

  private String shown() {
    return value.isEmpty() ? "-" : value;
  }
}
