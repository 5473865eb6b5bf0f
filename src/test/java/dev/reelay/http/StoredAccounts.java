package dev.reelay.http;

import dev.reelay.access.Accounts;
import dev.reelay.access.TenantId;
import dev.reelay.money.Balance;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.testkit.InMemoryTaskStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Balances of the store in memory. */
record StoredAccounts(InMemoryTaskStore store) implements Accounts {
  @Override
  public Optional<Statement> statement(TenantId tenant) {
    return Optional.of(new Statement(store.balance(tenant), store.openTasks(tenant)));
  }

  @Override
  public Optional<Balance> topUp(TenantId tenant, Money amount, String reason) {
    throw new UnsupportedOperationException("no route does this");
  }

  @Override
  public Correction correct(TenantId tenant, Money amount, String reason) {
    throw new UnsupportedOperationException("no route does this");
  }

  @Override
  public List<Line> entries(Query query) {
    return store.ledger().stream().map(posting -> line(posting.entry())).toList();
  }

  private static Line line(LedgerEntry entry) {
    return new Line(0, new TenantId(0), Optional.empty(), entry, Instant.EPOCH);
  }
}
