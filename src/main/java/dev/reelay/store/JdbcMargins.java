package dev.reelay.store;

import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.money.Money;
import dev.reelay.task.Margins;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What tasks earned and cost, summed by PostgreSQL. Ids sort by time, so the primary key leads to
 * the tasks of a time; an id is made some moments before its task is accepted.
 */
public final class JdbcMargins implements Margins {
  /** Much longer than any create takes, from the making of its id to its commit. */
  static final Duration ID_IS_EARLIER_MAX = Duration.ofHours(1);

  /** Unclear is what was sent, and neither refused nor proved never made, without a cost. */
  private static final String REPORT =
      """
      with one as (
        select t.finished_at is null as open, t.charged, t.upstream_cost,
          to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
          t.served_model as model, t.tenant_id::text as tenant,
          coalesce((select a.channel_id::text from attempt a
            where a.task_id = t.id and a.number = t.attempts), '') as channel,
          exists (select from attempt a where a.task_id = t.id
            and (a.fate in ('sending', 'in_doubt', 'given_up')
              or (a.fate = 'got' and t.upstream_cost is null))) as unclear,
          coalesce((select sum(r.amount) from ledger_entry r
            where r.task_id = t.id and r.kind = 'refund'), 0) as refunded
        from task t
        where t.id >= ? and t.id < ? and t.created_at >= ? and t.created_at < ?),
      grouped as (
        select case when ? then day else '' end collate "C" as day,
          case when ? then model else '' end collate "C" as model,
          case when ? then channel else '' end collate "C" as channel,
          case when ? then tenant else '' end collate "C" as tenant,
          open, not open and unclear as unknown, not open and not unclear as known,
          charged, refunded, upstream_cost
        from one)
      select day, model, channel, tenant, count(*) as tasks,
        count(*) filter (where open) as open, count(*) filter (where unknown) as unknown,
        coalesce(sum(charged) filter (where known), 0) as charged,
        coalesce(sum(refunded) filter (where known), 0) as refunded,
        coalesce(sum(upstream_cost) filter (where known), 0) as cost,
        coalesce(sum(coalesce(charged, 0) - refunded) filter (where unknown), 0)
          as unknown_charged
      from grouped group by 1, 2, 3, 4 order by 1, 2, 3, 4 limit ?\
      """;

  private final Sql sql;

  public JdbcMargins(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public Report report(Query query) {
    var by = query.by();
    var lines =
        sql.run(
            session ->
                session.list(
                    REPORT,
                    row -> line(row, by),
                    TimeOrderedIds.firstTextAt(query.from().minus(ID_IS_EARLIER_MAX)),
                    TimeOrderedIds.firstTextAt(query.until().plus(ID_IS_EARLIER_MAX)),
                    query.from(),
                    query.until(),
                    by.contains(By.DAY),
                    by.contains(By.MODEL),
                    by.contains(By.CHANNEL),
                    by.contains(By.TENANT),
                    LINES_MAX + 1));
    var isCut = lines.size() > LINES_MAX;
    return new Report(isCut ? lines.subList(0, LINES_MAX) : lines, isCut);
  }

  private static Line line(ResultSet row, Set<By> by) throws SQLException {
    var group = new EnumMap<By, String>(By.class);
    for (var one : by) {
      group.put(one, row.getString(one.name().toLowerCase(Locale.ROOT)));
    }
    return new Line(
        group,
        new Sums(
            row.getLong("tasks"),
            row.getLong("open"),
            row.getLong("unknown"),
            money(row, "charged"),
            money(row, "refunded"),
            money(row, "cost"),
            money(row, "unknown_charged")));
  }

  private static Money money(ResultSet row, String column) throws SQLException {
    return new Money(row.getLong(column));
  }
}
