package dev.reelay.store;

import java.time.Instant;
import javax.sql.DataSource;

/** What the database server says of itself, for the operator. */
public final class JdbcServerFacts {
  private static final String SELECT =
      "select current_setting('server_version') as version, clock_timestamp() as now";

  private final Sql sql;

  public JdbcServerFacts(DataSource source) {
    this.sql = new Sql(source);
  }

  /**
   * @param version such as {@code PostgreSQL 18.6}
   * @param now its clock
   */
  public record ServerFacts(String version, Instant now) {}

  public ServerFacts read() {
    return sql.run(
        session ->
            session.one(
                SELECT,
                row ->
                    new ServerFacts(
                        "PostgreSQL " + row.getString("version"), Sql.instant(row, "now"))));
  }
}
