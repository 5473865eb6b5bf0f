package dev.reelay.store;

import dev.reelay.access.InstallationFacts;
import javax.sql.DataSource;

/** Facts about the installation in PostgreSQL. */
public final class JdbcInstallationFacts implements InstallationFacts {
  private static final String INSERT =
      "insert into setting (name, value) values (?, ?) on conflict (name) do nothing";

  private static final String SELECT = "select value from setting where name = ?";

  private final Sql sql;

  public JdbcInstallationFacts(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public String rememberOnce(String name, String value) {
    return sql.run(
        session -> {
          // Whether this or an earlier start stored it, the row that is there now counts.
          var first = session.update(INSERT, name, value) == 1;
          return first ? value : session.one(SELECT, row -> row.getString("value"), name);
        });
  }
}
