package dev.reelay.config;

import dev.reelay.config.Setting.Secrecy;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The texts of all sources together, read into what they mean. A value that cannot be read becomes
 * a problem and its default stands in for it, so that one run finds every problem; nothing made
 * here is used if there is any.
 */
final class Values {
  private final Map<String, RawValue> texts;
  private final List<String> problems;
  private final Set<String> unreadable = new HashSet<>();
  private boolean standInUsed;

  Values(Map<String, RawValue> texts, List<String> problems) {
    this.texts = texts;
    this.problems = problems;
  }

  /** The value of a setting that always has one. */
  <T> T require(Setting<T> setting) {
    return read(setting).orElseGet(() -> setting.kind().parse(setting.fallback()));
  }

  /** The value of a setting that may be unset. */
  <T> Optional<T> find(Setting<T> setting) {
    return text(setting).text().isEmpty() ? Optional.empty() : read(setting);
  }

  Origin origin(Setting<?> setting) {
    return text(setting).origin();
  }

  /** Adds a problem if the value of this setting cannot be read. */
  void check(Setting<?> setting) {
    if (!text(setting).text().isEmpty()) {
      var _ = read(setting);
    }
  }

  /**
   * Adds a problem if values that can be read do not fit each other. If one of them could not be
   * read, that is told already and a complaint about its stand-in would only confuse.
   */
  void checkTogether(Supplier<?> group) {
    standInUsed = false;
    try {
      var _ = group.get();
    } catch (IllegalArgumentException e) {
      if (!standInUsed) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private <T> Optional<T> read(Setting<T> setting) {
    var raw = text(setting);
    try {
      return Optional.of(setting.kind().parse(raw.text()));
    } catch (IllegalArgumentException e) {
      standInUsed = true;
      if (unreadable.add(setting.key())) {
        var shown = setting.secrecy() == Secrecy.OPEN ? " " + raw.text() : "";
        problems.add(setting.key() + shown + " " + e.getMessage() + " (" + raw.origin() + ")");
      }
      return Optional.empty();
    }
  }

  private RawValue text(Setting<?> setting) {
    var unset = new RawValue(setting.fallback(), new Origin.Default());
    return texts.getOrDefault(setting.key(), unset);
  }

  /** Every setting as it may be shown; call it only when there are no problems. */
  List<EffectiveValue> effective() {
    return Settings.ALL.stream().map(this::effective).toList();
  }

  private EffectiveValue effective(Setting<?> setting) {
    var raw = text(setting);
    var value = raw.text().isEmpty() ? "" : shown(setting, raw.text());
    return new EffectiveValue(setting.key(), setting.variable(), value, raw.origin().toString());
  }

  private static String shown(Setting<?> setting, String text) {
    return switch (setting.secrecy()) {
      case OPEN -> text;
      case MAY_HOLD_PASSWORD -> String.valueOf(setting.kind().parse(text));
      case SECRET -> EffectiveValue.HIDDEN;
    };
  }
}
