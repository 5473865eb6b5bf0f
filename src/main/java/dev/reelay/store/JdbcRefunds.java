package dev.reelay.store;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.task.Refunds;
import dev.reelay.task.TaskId;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/** Refunds in PostgreSQL. The account's row lock puts the refunds of a tenant in a line. */
public final class JdbcRefunds implements Refunds {
  private static final String TASK = "select tenant_id, key_id, charged from task where id = ?";

  private static final String LOCK_ACCOUNT =
      "select tenant_id from account where tenant_id = ? for update";

  private static final String REFUNDED =
      """
      select coalesce(sum(amount), 0)::bigint as sum from ledger_entry
      where task_id = ? and kind = 'refund'""";

  private static final String MOVE =
      """
      update account set available = available + ?, charged = charged - ?
      where tenant_id = ? and charged >= ?""";

  private static final String UNSPEND =
      "update api_key set spent = spent - ? where id = ? and spent >= ?";

  private final Sql sql;
  private final InstantSource clock;

  public JdbcRefunds(DataSource source, InstantSource clock) {
    this.sql = new Sql(source);
    this.clock = clock;
  }

  private record Charged(TenantId tenant, KeyId key, Optional<Money> charge) {}

  @Override
  public Refund refund(TaskId task, Optional<Money> amount, String reason) {
    return sql.transaction(
        session -> {
          var found = charged(session, task);
          if (found.isEmpty()) {
            return new Refund.UnknownTask();
          }
          var charge = found.get().charge();
          return charge.isEmpty()
              ? new Refund.NeverCharged()
              : refund(session, task, found.get(), amount, reason);
        });
  }

  private static Optional<Charged> charged(Sql.Session session, TaskId task) throws SQLException {
    return session.first(
        TASK,
        row ->
            new Charged(
                new TenantId(row.getLong("tenant_id")),
                new KeyId(row.getLong("key_id")),
                Sql.maybeLong(row, "charged").map(Money::ofMicros)),
        task.value());
  }

  private Refund refund(
      Sql.Session session, TaskId task, Charged of, Optional<Money> amount, String reason)
      throws SQLException {
    var tenant = of.tenant().value();
    session.one(LOCK_ACCOUNT, row -> row.getLong("tenant_id"), tenant);
    var refunded = session.one(REFUNDED, row -> row.getLong("sum"), task.value());
    var left = of.charge().orElse(Money.ZERO).minus(Money.ofMicros(refunded));
    var wanted = amount.orElse(left);
    if (wanted.compareTo(left) > 0 || !left.isPositive()) {
      return new Refund.MoreThanCharged(left);
    }
    var entry = LedgerEntry.refund(wanted, reason);
    var micros = wanted.micros();
    session.updateOne(MOVE, micros, micros, tenant, micros);
    session.updateOne(UNSPEND, micros, of.key().value(), micros);
    LedgerLines.insert(session, of.tenant(), Optional.of(task.value()), entry, clock.instant());
    Signals.account(session, of.tenant());
    return new Refund.Refunded(wanted, left.minus(wanted));
  }
}
