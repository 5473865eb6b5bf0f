package dev.reelay.store;

import dev.reelay.task.NodeStore;
import java.time.Duration;
import javax.sql.DataSource;

/** Leases of nodes in PostgreSQL, by its clock alone: the clocks of machines need not agree. */
public final class JdbcNodeStore implements NodeStore {
  private static final String REGISTER =
      """
      insert into node (name, fence, lease_until, started_at)
      values (?, nextval('node_fence'), now() + ? * interval '1 millisecond', now())
      on conflict (name) do update set fence = excluded.fence, lease_until = excluded.lease_until,
        started_at = excluded.started_at
      returning fence""";

  private static final String RENEW =
      """
      update node set lease_until = now() + ? * interval '1 millisecond'
      where name = ? and fence = ? and lease_until > now()""";

  private static final String RELEASE =
      "update node set lease_until = now() where name = ? and fence = ?";

  private static final String OTHERS =
      "select count(*) as others from node where fence <> ? and lease_until > now()";

  private final Sql sql;

  public JdbcNodeStore(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public long register(String node, Duration lease) {
    return sql.run(
        session -> session.one(REGISTER, row -> row.getLong("fence"), node, lease.toMillis()));
  }

  @Override
  public boolean renew(String node, long fence, Duration lease) {
    return sql.run(session -> session.update(RENEW, lease.toMillis(), node, fence)) == 1;
  }

  /** A lease that is already another's is left alone. */
  @Override
  public void release(String node, long fence) {
    sql.run(session -> session.update(RELEASE, node, fence));
  }

  @Override
  public int othersAlive(long fence) {
    return sql.run(session -> session.one(OTHERS, row -> row.getInt("others"), fence));
  }
}
