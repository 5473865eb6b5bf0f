package dev.reelay.store;

import dev.reelay.money.CostRule;
import dev.reelay.money.Ratio;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CostKey;
import dev.reelay.routing.Costs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What providers ask of us, in PostgreSQL. */
public final class JdbcCosts implements Costs {
  /** Costs are seldom set, and two at once must not take the same version. */
  private static final String LOCK = "lock table cost_rule in share row exclusive mode";

  /** Among costs time does not go back: what is set last holds, whoever's clock is behind. */
  private static final String NOW = "select greatest(max(created_at), ?) as now from cost_rule";

  private static final String INSERT =
      """
      insert into cost_rule (channel_id, upstream_model, version, kind, body, exchange_numerator,
        exchange_denominator, valid_from, created_at)
      select ?, ?, coalesce(max(version), 0) + 1, ?, ?::jsonb, ?, ?, ?, ? from cost_rule
      where channel_id = ? and upstream_model = ?
      returning *\
      """;

  private static final String HISTORY =
      """
      select * from cost_rule where channel_id = ? and upstream_model = ? order by version desc\
      """;

  private final Sql sql;
  private final InstantSource clock;

  public JdbcCosts(DataSource source, InstantSource clock) {
    this.sql = new Sql(source);
    this.clock = clock;
  }

  @Override
  public List<CostRule> set(List<NewCost> costs) {
    return sql.transaction(
        session -> {
          session.update(LOCK);
          Signals.catalogue(session);
          var now = session.one(NOW, row -> Sql.instant(row, "now"), clock.instant());
          var rules = new ArrayList<CostRule>();
          for (var cost : costs) {
            rules.add(insert(session, cost, now));
          }
          return rules;
        });
  }

  private static CostRule insert(Sql.Session session, NewCost wanted, Instant now)
      throws SQLException {
    var channel = wanted.of().channel().value();
    var model = wanted.of().upstreamModel();
    return session.one(
        INSERT,
        row -> read(row).rule(),
        channel,
        model,
        PriceJson.kind(wanted.price()),
        PriceJson.body(wanted.price()).toString(),
        wanted.exchange().numerator(),
        wanted.exchange().denominator(),
        wanted.from().orElse(now),
        now,
        channel,
        model);
  }

  @Override
  public List<CostVersion> history(CostKey of) {
    return sql.run(
        session ->
            session.list(
                HISTORY,
                row -> new CostVersion(read(row).rule(), Sql.instant(row, "valid_from")),
                of.channel().value(),
                of.upstreamModel()));
  }

  /** A row of {@code cost_rule}, and what it is for. */
  record Read(CostKey of, CostRule rule) {}

  static Read read(ResultSet row) throws SQLException {
    var model = row.getString("upstream_model");
    return new Read(
        new CostKey(new ChannelId(row.getLong("channel_id")), model),
        new CostRule(
            row.getLong("id"),
            model,
            row.getInt("version"),
            PriceJson.read(row.getString("kind"), row.getString("body")),
            new Ratio(row.getLong("exchange_numerator"), row.getLong("exchange_denominator"))));
  }
}
