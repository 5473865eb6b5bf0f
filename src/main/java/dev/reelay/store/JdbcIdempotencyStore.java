package dev.reelay.store;

import dev.reelay.task.IdempotencyStore;
import java.time.Instant;
import javax.sql.DataSource;

/** Forgets idempotency keys whose time is over, in bounded batches. */
public final class JdbcIdempotencyStore implements IdempotencyStore {
  /** Rows that another node is forgetting are skipped. */
  private static final String FORGET =
      """
      delete from idempotency where ctid = any (array(
        select ctid from idempotency where created_at < ?
        order by created_at limit ? for update skip locked))""";

  private final Sql sql;

  public JdbcIdempotencyStore(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public int forget(Instant before, int max) {
    return sql.run(session -> session.update(FORGET, before, max));
  }
}
