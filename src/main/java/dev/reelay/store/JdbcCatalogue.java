package dev.reelay.store;

import dev.reelay.money.PriceRule;
import dev.reelay.routing.Alias;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.CatalogueSource;
import dev.reelay.routing.Channels.Listed;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Preference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Everything about models, read as it stands at one moment. */
public final class JdbcCatalogue implements CatalogueSource {
  private static final String MODELS = "select name, capability, preference from model";
  private static final String ALIASES = "select name, targets from alias";

  /** A rule that was not set for later holds whatever the clock of this machine says. */
  private static final String PRICES =
      """
      select distinct on (model) id, model, version, kind, body
      from price_rule where valid_from <= created_at or valid_from <= ?
      order by model, valid_from desc, version desc\
      """;

  private static final String COSTS =
      """
      select distinct on (channel_id, upstream_model) *
      from cost_rule where valid_from <= created_at or valid_from <= ?
      order by channel_id, upstream_model, valid_from desc, version desc\
      """;

  private final Sql sql;
  private final InstantSource clock;

  public JdbcCatalogue(DataSource source, InstantSource clock) {
    this.sql = new Sql(source);
    this.clock = clock;
  }

  @Override
  public Catalogue load() {
    return sql.snapshot(
        session -> {
          var models = session.list(MODELS, JdbcCatalogue::model);
          var aliases = session.list(ALIASES, JdbcCatalogue::alias);
          var prices = session.list(PRICES, JdbcCatalogue::price, clock.instant());
          var channels = ChannelRows.all(session).stream().map(Listed::channel).toList();
          return new Catalogue(
              models.stream().collect(by(Model::name)),
              aliases.stream().collect(by(Alias::name)),
              prices.stream().collect(by(price -> new ModelName(price.model()))),
              channels,
              session.list(COSTS, JdbcCosts::read, clock.instant()).stream()
                  .collect(Collectors.toMap(JdbcCosts.Read::of, JdbcCosts.Read::rule)));
        });
  }

  private static Model model(ResultSet row) throws SQLException {
    return new Model(
        new ModelName(row.getString("name")),
        CapabilityJson.read(row.getString("capability")),
        Preference.of(row.getString("preference")));
  }

  private static Alias alias(ResultSet row) throws SQLException {
    var targets = (String[]) row.getArray("targets").getArray();
    return new Alias(
        new ModelName(row.getString("name")), Stream.of(targets).map(ModelName::new).toList());
  }

  /** From the columns id, model, version, kind and body of price_rule. */
  static PriceRule price(ResultSet row) throws SQLException {
    return new PriceRule(
        row.getLong("id"),
        row.getString("model"),
        row.getInt("version"),
        PriceJson.read(row.getString("kind"), row.getString("body")));
  }

  private static <T> Collector<T, ?, Map<ModelName, T>> by(Function<T, ModelName> name) {
    return Collectors.toMap(name, Function.identity());
  }

  /** An alias's targets as the database takes them. */
  static String[] texts(List<ModelName> targets) {
    return targets.stream().map(ModelName::value).toArray(String[]::new);
  }
}
