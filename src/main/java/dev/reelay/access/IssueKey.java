package dev.reelay.access;

import dev.reelay.money.Money;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Makes an API key. Its text exists only in the answer; what is stored does not lead back to it.
 */
public final class IssueKey {
  /** Whose the first key of an installation is, and a declared one. */
  public static final String FIRST_TENANT = "default";

  private static final String FIRST_KEY = "first";

  private final Keys keys;
  private final KeyHasher hasher;
  private final SecureRandom random;

  public IssueKey(Keys keys, KeyHasher hasher, SecureRandom random) {
    this.keys = keys;
    this.hasher = hasher;
    this.random = random;
  }

  /** The stored key, and its text, which must be shown now or never. */
  public record Issued(ApiKey key, Secret secret) {}

  public Issued issue(TenantId tenant, String name, KeyLimits limits) {
    var secret = ApiKeyFormat.generate(random);
    var hash = hasher.hash(secret.reveal());
    var stored = keys.add(new Keys.NewKey(tenant, name, hash, KeyHint.of(secret), limits));
    return new Issued(stored, secret);
  }

  /** The first key of an installation with a balance to try it; empty where there is a key. */
  public Optional<Issued> issueFirst(Money balance) {
    var secret = ApiKeyFormat.generate(random);
    var hash = hasher.hash(secret.reveal());
    var declaration = new Keys.Declaration(FIRST_KEY, hash, KeyHint.of(secret), false, balance);
    return keys.addFirst(FIRST_TENANT, declaration).map(key -> new Issued(key, secret));
  }
}
