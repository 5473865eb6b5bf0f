package dev.reelay.testkit;

import dev.reelay.access.ApiKey;
import dev.reelay.access.Caller;
import dev.reelay.access.KeyHash;
import dev.reelay.access.KeyHasher;
import dev.reelay.access.KeyId;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.KeyScope;
import dev.reelay.access.Keys;
import dev.reelay.access.Plan;
import dev.reelay.access.RequestRates;
import dev.reelay.access.Secret;
import dev.reelay.access.Tenant;
import dev.reelay.access.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys in memory that count how often one was asked for. Only look-ups work. */
public final class CountingKeys implements Keys {
  private static final Tenant TENANT =
      new Tenant(new TenantId(1), "acme", new Plan(1, "default", OptionalInt.empty(), 1_000_000));

  private final Map<KeyHash, ApiKey> stored = new HashMap<>();
  private int asked;
  private Runnable duringNextFind = () -> {};

  public Secret with(KeyHasher hasher, Secret secret) {
    return with(hasher, secret, Optional.empty());
  }

  public Secret with(KeyHasher hasher, Secret secret, Optional<Instant> expiresAt) {
    stored.put(hasher.hash(secret.reveal()), key(false, expiresAt, Optional.empty()));
    return secret;
  }

  public void withDeclared(KeyHasher hasher, Secret secret) {
    stored.put(hasher.hash(secret.reveal()), key(true, Optional.empty(), Optional.empty()));
  }

  public void revoke(KeyHasher hasher, Secret secret, Instant at) {
    stored.put(hasher.hash(secret.reveal()), key(false, Optional.empty(), Optional.of(at)));
  }

  public int asked() {
    return asked;
  }

  /** Happens once, after the answer was read and before it is given. */
  public void duringNextFind(Runnable action) {
    duringNextFind = action;
  }

  @Override
  public Optional<Caller> find(KeyHash hash) {
    asked++;
    var found = Optional.ofNullable(stored.get(hash)).map(key -> new Caller(key, TENANT));
    var action = duringNextFind;
    duringNextFind = () -> {};
    action.run();
    return found;
  }

  @Override
  public Set<KeyHash> declaredHashes() {
    return stored.entrySet().stream()
        .filter(entry -> entry.getValue().declared())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static ApiKey key(
      boolean declared, Optional<Instant> expiresAt, Optional<Instant> revokedAt) {
    return new ApiKey(
        new KeyId(1),
        TENANT.id(),
        "a key",
        "rk_…abcd",
        expiresAt,
        revokedAt,
        Optional.empty(),
        OptionalInt.empty(),
        declared,
        RequestRates.NONE,
        KeyScope.ALL);
  }

  @Override
  public ApiKey add(NewKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ApiKey> declare(String tenantName, Declaration declaration) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ApiKey> addFirst(String tenantName, Declaration declaration) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Usage> show(KeyId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Usage> list(Optional<TenantId> tenant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean revoke(KeyId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean setLimits(KeyId id, KeyLimits limits) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean setScope(KeyId id, KeyScope scope) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean setDeclaredRates(KeyHash hash, RequestRates rates) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Rotation rotate(KeyId id, Successor next, Instant oldEnds) {
    throw new UnsupportedOperationException();
  }
}
