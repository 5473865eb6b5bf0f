package dev.reelay.access;

import dev.reelay.money.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an API key is bounded by; empty means no bound of its own.
 *
 * @param spendLimit the most that the key may hold and charge in its life, 0 or more
 * @param openTasksMax tasks open at once, 1 or more
 */
public record KeyLimits(
    Optional<Instant> expiresAt, Optional<Money> spendLimit, OptionalInt openTasksMax) {
  public static final KeyLimits NONE =
      new KeyLimits(Optional.empty(), Optional.empty(), OptionalInt.empty());

  public KeyLimits {
    if (spendLimit.orElse(Money.ZERO).isNegative() || openTasksMax.orElse(1) < 1) {
      throw new IllegalArgumentException("a spend limit is 0 or more, an open-task limit positive");
    }
  }
}
