package dev.reelay.access;

import dev.reelay.money.Money;
import java.util.Optional;

/**
 * Makes the key that the operator chose in the configuration work: it belongs to the tenant {@link
 * IssueKey#FIRST_TENANT}, has no limits unless they are set, and brings its balance once.
 */
public final class DeclareKey {
  public static final int CHARACTERS_MIN = 20;
  private static final String NAME = "declared";

  private final Keys keys;
  private final KeyHasher hasher;

  public DeclareKey(Keys keys, KeyHasher hasher) {
    this.keys = keys;
    this.hasher = hasher;
  }

  /**
   * @return the stored key; empty if it was declared before, and then its balance is left alone
   * @throws IllegalArgumentException if the text is shorter than {@link #CHARACTERS_MIN}
   */
  public Optional<ApiKey> declare(Secret key, Money balance) {
    if (key.reveal().length() < CHARACTERS_MIN) {
      throw new IllegalArgumentException(
          "a declared key has at least " + CHARACTERS_MIN + " characters");
    }
    var hash = hasher.hash(key.reveal());
    return keys.declare(
        IssueKey.FIRST_TENANT, new Keys.Declaration(NAME, hash, KeyHint.of(key), true, balance));
  }

  /** Holds a key that was declared to these rates from now on; false if it never was. */
  public boolean limit(Secret key, RequestRates rates) {
    return keys.setDeclaredRates(hasher.hash(key.reveal()), rates);
  }
}
