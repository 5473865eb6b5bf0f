package dev.reelay.store;

import dev.reelay.access.Accounts;
import dev.reelay.access.TenantId;
import dev.reelay.money.Balance;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Accounts and the ledger in PostgreSQL. */
public final class JdbcAccounts implements Accounts {
  private static final String STATEMENT = "select * from account where tenant_id = ?";

  private static final String TOP_UP =
      "update account set available = available + ? where tenant_id = ?";

  private static final String CORRECT =
      """
      update account set available = available - ?
      where tenant_id = ? and available >= ?""";

  private static final String ENTRIES =
      """
      select * from ledger_entry
      where (?::bigint is null or tenant_id = ?)
        and (?::text is null or task_id = ?)
        and (?::bigint is null or id < ?)
      order by id desc limit ?""";

  private final Sql sql;
  private final InstantSource clock;

  public JdbcAccounts(DataSource source, InstantSource clock) {
    this.sql = new Sql(source);
    this.clock = clock;
  }

  @Override
  public Optional<Statement> statement(TenantId tenant) {
    return sql.run(
        session ->
            session.first(
                STATEMENT,
                row -> new Statement(AccessRows.balance(row), row.getInt("open_tasks")),
                tenant.value()));
  }

  @Override
  public Optional<Balance> topUp(TenantId tenant, Money amount, String reason) {
    var entry = LedgerEntry.topUp(amount, reason);
    return sql.transaction(
        session ->
            addMoney(session, tenant, entry)
                ? Optional.of(balance(session, tenant))
                : Optional.empty());
  }

  /** Adds money within a transaction; false if there is no such account. */
  boolean addMoney(Sql.Session session, TenantId tenant, LedgerEntry entry) throws SQLException {
    if (session.update(TOP_UP, entry.amount().micros(), tenant.value()) != 1) {
      return false;
    }
    LedgerLines.insert(session, tenant, Optional.empty(), entry, clock.instant());
    Signals.account(session, tenant);
    return true;
  }

  @Override
  public Correction correct(TenantId tenant, Money amount, String reason) {
    var entry = LedgerEntry.correction(amount, reason);
    return sql.transaction(
        session -> {
          var micros = amount.micros();
          if (session.update(CORRECT, micros, tenant.value(), micros) != 1) {
            return refused(session, tenant);
          }
          LedgerLines.insert(session, tenant, Optional.empty(), entry, clock.instant());
          Signals.account(session, tenant);
          return new Correction.Corrected(balance(session, tenant));
        });
  }

  @Override
  public List<Line> entries(Query query) {
    var tenant = query.tenant().map(TenantId::value);
    var before =
        query.before().isPresent()
            ? Optional.of(query.before().getAsLong())
            : Optional.<Long>empty();
    return sql.run(
        session ->
            session.list(
                ENTRIES,
                LedgerLines::line,
                tenant,
                tenant,
                query.task(),
                query.task(),
                before,
                before,
                query.limit()));
  }

  private static Correction refused(Sql.Session session, TenantId tenant) throws SQLException {
    return session
        .first(STATEMENT, AccessRows::balance, tenant.value())
        .<Correction>map(balance -> new Correction.MoreThanAvailable(balance.available()))
        .orElseGet(Correction.UnknownTenant::new);
  }

  private static Balance balance(Sql.Session session, TenantId tenant) throws SQLException {
    return session.one(STATEMENT, AccessRows::balance, tenant.value());
  }
}
