package dev.reelay.access;

import dev.reelay.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The port to stored API keys. Every change is one transaction and tells running servers, so that a
 * revoked key is refused within a second.
 */
public interface Keys {
  Optional<Caller> find(KeyHash hash);

  /** The hashes of all declared keys: the only keys whose form is not ours. */
  Set<KeyHash> declaredHashes();

  /** Stores an issued key. */
  ApiKey add(NewKey key);

  /**
   * Stores a key together with its tenant, which is made if need be, and gives the tenant the
   * balance: once per key, however many nodes start at once.
   *
   * @param tenantName the tenant's name; it gets the plan {@link Plan#DEFAULT_NAME}
   * @return empty if the key is stored already; then nothing moved
   */
  Optional<ApiKey> declare(String tenantName, Declaration declaration);

  /**
   * As {@link #declare}, for the first key of an installation: done only where there is no key yet.
   */
  Optional<ApiKey> addFirst(String tenantName, Declaration declaration);

  Optional<Usage> show(KeyId id);

  /**
   * @param tenant only this tenant's; empty for all
   */
  List<Usage> list(Optional<TenantId> tenant);

  /** False if there is no such key or it was revoked before. */
  boolean revoke(KeyId id);

  /** Replaces all limits of a key; false if there is no such key. */
  boolean setLimits(KeyId id, KeyLimits limits);

  /** Replaces what a key may be used for and from where; false if there is no such key. */
  boolean setScope(KeyId id, KeyScope scope);

  /** Replaces the rates of a declared key; false if there is none with this hash. */
  boolean setDeclaredRates(KeyHash hash, RequestRates rates);

  /**
   * Puts a new key in the place of another: with its name, tenant, limits and scope, and with what
   * is left of its spend limit.
   *
   * @param oldEnds when the former key expires, unless it does so earlier by itself
   */
  Rotation rotate(KeyId id, Successor next, Instant oldEnds);

  /** The secret part of a key that takes another's place. */
  record Successor(KeyHash hash, KeyHint hint) {}

  /** What became of a rotation. */
  sealed interface Rotation {
    record Done(ApiKey key, ApiKey old) implements Rotation {}

    record Missing() implements Rotation {}

    /** Expired or revoked. */
    record Ended(ApiKey.Refusal why) implements Rotation {}

    record Declared() implements Rotation {}
  }

  /**
   * A key to store.
   *
   * @param hint what may be shown of it for good
   */
  record NewKey(TenantId tenant, String name, KeyHash hash, KeyHint hint, KeyLimits limits) {
    public NewKey {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a key needs a name");
      }
    }
  }

  /**
   * A key that comes with money.
   *
   * @param declared whether the operator chose its text
   * @param balance 0 or more, put on the tenant's account once
   */
  record Declaration(String name, KeyHash hash, KeyHint hint, boolean declared, Money balance) {
    public Declaration {
      if (name.isBlank() || balance.isNegative()) {
        throw new IllegalArgumentException("a key needs a name and a balance of 0 or more");
      }
    }
  }

  /**
   * A key and what went through it.
   *
   * @param spent held and charged through it; releases and refunds are taken off
   */
  record Usage(ApiKey key, Money spent, Instant createdAt) {}
}
