package dev.reelay.access;

/**
 * What may be shown of an API key for good, so that its owner knows it again: the prefix of our own
 * keys (nothing of a declared one) and the last four characters.
 */
public record KeyHint(String prefix, String lastFour) {
  private static final int SHOWN_CHARACTERS = 4;

  /** The hint of a key of any form with 20 or more characters. */
  public static KeyHint of(Secret key) {
    var text = key.reveal();
    var prefix = ApiKeyFormat.check(text) == ApiKeyFormat.Form.OURS ? ApiKeyFormat.PREFIX : "";
    return new KeyHint(prefix, text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS)));
  }

  /** For example {@code rk_…9Qz1}. */
  @Override
  public String toString() {
    return prefix + "…" + lastFour;
  }
}
