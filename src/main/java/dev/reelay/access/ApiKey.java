package dev.reelay.access;

import dev.reelay.money.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a caller presents. The secret itself is nowhere: the store keeps its keyed hash.
 *
 * @param display the beginning and the last four characters, for people
 * @param spendLimit the most that this key may hold and charge in its life; empty for no limit
 * @param openTasksMax for a declared key, replaces the plan's limit; empty for none of its own
 * @param declared came from {@code REELAY_API_KEY}: no plan limit applies unless one is set
 * @param rates of a declared key, in place of the plan's; all other keys share their plan's
 * @param scope which models it may ask for, and from where
 */
public record ApiKey(
    KeyId id,
    TenantId tenant,
    String name,
    String display,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<Money> spendLimit,
    OptionalInt openTasksMax,
    boolean declared,
    RequestRates rates,
    KeyScope scope) {
  /** A key without rates of its own that may be used for everything and from everywhere. */
  public ApiKey(
      KeyId id,
      TenantId tenant,
      String name,
      String display,
      Optional<Instant> expiresAt,
      Optional<Instant> revokedAt,
      Optional<Money> spendLimit,
      OptionalInt openTasksMax,
      boolean declared) {
    this(
        id,
        tenant,
        name,
        display,
        expiresAt,
        revokedAt,
        spendLimit,
        openTasksMax,
        declared,
        RequestRates.NONE,
        KeyScope.ALL);
  }

  /** Why the key may not be used now; empty if it may. */
  public Optional<Refusal> refusal(Instant now) {
    if (revokedAt.isPresent()) {
      return Optional.of(Refusal.REVOKED);
    }
    if (expiresAt.isPresent() && !now.isBefore(expiresAt.get())) {
      return Optional.of(Refusal.EXPIRED);
    }
    return Optional.empty();
  }

  /** Causes of a 401, each with its own code. */
  public enum Refusal {
    MISSING,
    MALFORMED,
    UNKNOWN,
    EXPIRED,
    REVOKED
  }
}
