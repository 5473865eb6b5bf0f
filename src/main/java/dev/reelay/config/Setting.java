package dev.reelay.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration: its name, its default as an operator would write it, what it may
 * be, and a sentence about it.
 *
 * @param key in {@code reelay.yaml}; a dot goes one level down
 * @param fallback the text in force when nothing is set; empty for none
 * @param doc one sentence for operators
 * @param <T> what the text becomes
 */
public record Setting<T>(String key, Secrecy secrecy, String fallback, Kind<T> kind, String doc) {
  static final String VARIABLE_PREFIX = "REELAY_";
  static final String FILE_SUFFIX = "_FILE";

  /** How carefully a value is treated. */
  public enum Secrecy {
    /** Shown to everyone. */
    OPEN,
    /** May hold a password: shown only after it is taken out, never in an error. */
    MAY_HOLD_PASSWORD,
    /** Never shown, and refused in {@code reelay.yaml}. */
    SECRET
  }

  static <T> Setting<T> open(String key, String fallback, Kind<T> kind, String doc) {
    return new Setting<>(key, Secrecy.OPEN, fallback, kind, doc);
  }

  static <T> Setting<T> secret(String key, Kind<T> kind, String doc) {
    return new Setting<>(key, Secrecy.SECRET, "", kind, doc);
  }

  /** For example {@code REELAY_DATABASE_POOL_SIZE}. */
  public String variable() {
    return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The variable that names a file with the value, for values that are or may hold secrets. */
  public Optional<String> fileVariable() {
    return switch (secrecy) {
      case OPEN -> Optional.empty();
      case MAY_HOLD_PASSWORD, SECRET -> Optional.of(variable() + FILE_SUFFIX);
    };
  }
}
