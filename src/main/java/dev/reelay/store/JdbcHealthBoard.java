package dev.reelay.store;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.Health;
import dev.reelay.routing.HealthBoard;
import dev.reelay.routing.HealthBook;
import dev.reelay.routing.HealthPart;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What nodes show of health, in PostgreSQL; written only when something goes out of use or back.
 */
public final class JdbcHealthBoard implements HealthBoard {
  private static final String CLEAR = "delete from channel_health where node = ?";

  /** A channel that was removed meanwhile is left out. */
  private static final String SHOW =
      """
      insert into channel_health
        (node, number, channel_id, credential_id, upstream_model, why, since, probe_at)
      select ?, ?, id, ?, ?, ?, ?, ? from channel where id = ?\
      """;

  private static final String SHOWN =
      """
      select h.* from channel_health h join node on node.name = h.node
      where node.lease_until > now() order by h.node, h.number\
      """;

  private final Sql sql;

  public JdbcHealthBoard(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public void show(String node, List<HealthBook.Line> outages) {
    sql.transaction(
        session -> {
          session.update(CLEAR, node);
          for (var i = 0; i < outages.size(); i++) {
            show(session, node, i + 1, outages.get(i));
          }
          return true;
        });
  }

  private static void show(Sql.Session session, String node, int number, HealthBook.Line line)
      throws SQLException {
    var outage = line.outage();
    session.update(
        SHOW,
        node,
        number,
        credential(line.part()),
        model(line.part()),
        StorableText.of(outage.why()),
        outage.since(),
        outage.probeAt(),
        line.part().channel().value());
  }

  private static Optional<Long> credential(HealthPart part) {
    return part instanceof HealthPart.OfCredential(_, CredentialId id)
        ? Optional.of(id.value())
        : Optional.empty();
  }

  private static Optional<String> model(HealthPart part) {
    return part instanceof HealthPart.OfModel(_, String model)
        ? Optional.of(model)
        : Optional.empty();
  }

  @Override
  public List<Shown> shown() {
    return sql.run(session -> session.list(SHOWN, JdbcHealthBoard::read));
  }

  private static Shown read(ResultSet row) throws SQLException {
    var outage =
        new Health.Outage(
            Sql.instant(row, "since"),
            row.getString("why"),
            false,
            Sql.instant(row, "probe_at"),
            Health.Outage.NO_PASS);
    return new Shown(row.getString("node"), new HealthBook.Line(part(row), outage));
  }

  private static HealthPart part(ResultSet row) throws SQLException {
    var channel = new ChannelId(row.getLong("channel_id"));
    var model = Optional.ofNullable(row.getString("upstream_model"));
    if (model.isPresent()) {
      return new HealthPart.OfModel(channel, model.get());
    }
    var credential = row.getLong("credential_id");
    return row.wasNull()
        ? new HealthPart.OfChannel(channel)
        : new HealthPart.OfCredential(channel, new CredentialId(credential));
  }

  @Override
  public void reset(ChannelId channel) {
    sql.transaction(
        session -> {
          Signals.health(session, channel);
          return true;
        });
  }
}
