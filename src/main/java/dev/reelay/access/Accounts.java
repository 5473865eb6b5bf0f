package dev.reelay.access;

import dev.reelay.money.Balance;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The port to tenants' accounts: what the operator moves, and what everybody reads. Account and
 * ledger change in one transaction.
 */
public interface Accounts {
  /** Empty if there is no such tenant. */
  Optional<Statement> statement(TenantId tenant);

  /**
   * Adds money that came in from outside.
   *
   * @param amount above zero
   * @return empty if there is no such tenant
   */
  Optional<Balance> topUp(TenantId tenant, Money amount, String reason);

  /**
   * Takes a mistaken top-up back, never below zero.
   *
   * @param amount above zero
   */
  Correction correct(TenantId tenant, Money amount, String reason);

  /** Newest first. */
  List<Line> entries(Query query);

  /**
   * An account now.
   *
   * @param openTasks tasks of the tenant that are not final
   */
  record Statement(Balance balance, int openTasks) {}

  /** What became of a correction. */
  sealed interface Correction {
    record Corrected(Balance balance) implements Correction {}

    record MoreThanAvailable(Money available) implements Correction {}

    record UnknownTenant() implements Correction {}
  }

  /**
   * A ledger entry as stored.
   *
   * @param task the id of its task, without prefix; empty for money from outside
   */
  record Line(long number, TenantId tenant, Optional<String> task, LedgerEntry entry, Instant at) {}

  /**
   * A page of entries.
   *
   * @param tenant only this tenant's; empty for all
   * @param task only this task's, its id without prefix; empty for all
   * @param before only entries with a lower number, the last of the page before
   */
  record Query(Optional<TenantId> tenant, Optional<String> task, OptionalLong before, int limit) {
    public static final int LIMIT_MAX = 1_000;

    public Query {
      if (limit < 1 || limit > LIMIT_MAX) {
        throw new IllegalArgumentException("a page has 1 to " + LIMIT_MAX + " entries");
      }
    }
  }
}
