package dev.reelay.store;

import dev.reelay.money.Balance;
import dev.reelay.money.Book;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Counts what {@link Reconcile} judges, in one snapshot. Reads the whole ledger; locks nothing. */
public final class JdbcReconcile {
  private static final String ACCOUNTS =
      """
      with entries as (
        select tenant_id,
          sum(case when to_book = 'available' then amount when from_book = 'available' then -amount
            else 0 end) as available,
          sum(case when to_book = 'held' then amount when from_book = 'held' then -amount
            else 0 end) as held,
          sum(case when to_book = 'revenue' then amount when from_book = 'revenue' then -amount
            else 0 end) as charged
        from ledger_entry group by tenant_id),
      holds as (
        select h.tenant_id, sum(h.amount) as open_holds from ledger_entry h
        where h.kind = 'hold'
          and not exists (select from ledger_entry c where c.task_id = h.task_id and c.closes)
        group by h.tenant_id),
      tasks as (
        select tenant_id, count(*) as open from task where finished_at is null group by tenant_id)
      select t.id, t.name, a.available, a.held, a.charged, a.open_tasks,
        coalesce(e.available, 0) as e_available, coalesce(e.held, 0) as e_held,
        coalesce(e.charged, 0) as e_charged, coalesce(h.open_holds, 0) as open_holds,
        coalesce(k.open, 0) as open
      from account a join tenant t on t.id = a.tenant_id
        left join entries e using (tenant_id) left join holds h using (tenant_id)
        left join tasks k using (tenant_id)
      order by t.id""";

  private static final String HOUSE =
      """
      select coalesce(sum(case when to_book = ? then amount when from_book = ? then -amount end), 0)
        as total
      from ledger_entry""";

  private static final String OPEN_HOLDS_WITHOUT_LIVE_TASK =
      """
      select count(*) as rows from ledger_entry h left join task t on t.id = h.task_id
      where h.kind = 'hold' and (t.id is null or t.finished_at is not null)
        and not exists (select from ledger_entry c where c.task_id = h.task_id and c.closes)""";

  private static final String LIVE_TASKS_WITHOUT_HOLD =
      """
      select count(*) as rows from task t
      where t.finished_at is null and t.hold > 0 and (
        not exists (
          select from ledger_entry h
          where h.task_id = t.id and h.kind = 'hold' and h.amount = t.hold)
        or exists (select from ledger_entry c where c.task_id = t.id and c.closes))""";

  private static final String CHARGES_WITHOUT_SUCCESS =
      """
      select count(*) as rows from ledger_entry s left join task t on t.id = s.task_id
      where s.kind = 'settle'
        and (t.id is null or t.state <> 'succeeded' or t.charged <> s.amount)""";

  private final Sql sql;

  public JdbcReconcile(DataSource source) {
    this.sql = new Sql(source);
  }

  /** The facts as they stood at one moment. */
  public Reconcile.Facts facts() {
    return sql.snapshot(
        session ->
            new Reconcile.Facts(
                session.list(ACCOUNTS, JdbcReconcile::account),
                Map.of(
                    Book.CASH,
                    house(session, Book.CASH),
                    Book.REVENUE,
                    house(session, Book.REVENUE)),
                count(session, OPEN_HOLDS_WITHOUT_LIVE_TASK),
                count(session, LIVE_TASKS_WITHOUT_HOLD),
                count(session, CHARGES_WITHOUT_SUCCESS)));
  }

  /** The faults, in words; empty if the books balance. */
  public List<String> faults() {
    return Reconcile.faults(facts());
  }

  private static Reconcile.Account account(ResultSet row) throws SQLException {
    return new Reconcile.Account(
        row.getString("name"),
        new Balance(money(row, "available"), money(row, "held"), money(row, "charged")),
        new Balance(money(row, "e_available"), money(row, "e_held"), money(row, "e_charged")),
        money(row, "open_holds"),
        row.getInt("open_tasks"),
        row.getInt("open"));
  }

  private static Money house(Sql.Session session, Book book) throws SQLException {
    var word = JdbcTaskStore.word(book);
    return session.one(HOUSE, row -> money(row, "total"), word, word);
  }

  private static long count(Sql.Session session, String sql) throws SQLException {
    return session.one(sql, row -> row.getLong("rows"));
  }

  private static Money money(ResultSet row, String column) throws SQLException {
    return new Money(row.getLong(column));
  }
}
