package dev.reelay.store;

import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.routing.Alias;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Models;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Models, aliases and prices in PostgreSQL. */
public final class JdbcModels implements Models {
  private static final String SAVE =
      """
      insert into model (name, capability, preference, created_at) values (?, ?::jsonb, ?, ?)
      on conflict (name) do update
      set capability = excluded.capability, preference = excluded.preference\
      """;

  private static final String REMOVE = "delete from model where name = ?";

  private static final String SAVE_ALIAS =
      """
      insert into alias (name, targets, created_at) values (?, ?, ?)
      on conflict (name) do update set targets = excluded.targets\
      """;

  private static final String REMOVE_ALIAS = "delete from alias where name = ?";

  /** Prices are seldom set, and two at once must not take the same version. */
  private static final String LOCK_PRICES = "lock table price_rule in share row exclusive mode";

  private static final String INSERT_PRICE =
      """
      insert into price_rule (model, version, kind, body, valid_from, created_at)
      select ?, coalesce(max(version), 0) + 1, ?, ?::jsonb, ?, ? from price_rule where model = ?
      returning id, model, version, kind, body\
      """;

  /** Among prices time does not go back: what is set last holds, whoever's clock is behind. */
  private static final String NOW = "select greatest(max(created_at), ?) as now from price_rule";

  private static final String HISTORY =
      """
      select id, model, version, kind, body, valid_from from price_rule
      where model = ? order by version desc\
      """;

  private final Sql sql;
  private final InstantSource clock;

  public JdbcModels(DataSource source, InstantSource clock) {
    this.sql = new Sql(source);
    this.clock = clock;
  }

  @Override
  public void save(Model model) {
    changeOne(
        SAVE,
        model.name().value(),
        CapabilityJson.write(model.capability()),
        model.preference().wire(),
        clock.instant());
  }

  @Override
  public boolean remove(ModelName name) {
    return change(REMOVE, name.value()) == 1;
  }

  @Override
  public void saveAlias(Alias alias) {
    changeOne(
        SAVE_ALIAS, alias.name().value(), JdbcCatalogue.texts(alias.targets()), clock.instant());
  }

  @Override
  public boolean removeAlias(ModelName name) {
    return change(REMOVE_ALIAS, name.value()) == 1;
  }

  @Override
  public List<PriceRule> setPrices(List<NewPrice> prices) {
    return sql.transaction(
        session -> {
          session.update(LOCK_PRICES);
          Signals.catalogue(session);
          var now = session.one(NOW, row -> Sql.instant(row, "now"), clock.instant());
          var rules = new ArrayList<PriceRule>();
          for (var price : prices) {
            rules.add(insertPrice(session, price, now));
          }
          return rules;
        });
  }

  static PriceRule insertPrice(Sql.Session session, ModelName model, Price price, Instant now)
      throws SQLException {
    return insertPrice(session, new NewPrice(model, price, Optional.empty()), now);
  }

  private static PriceRule insertPrice(Sql.Session session, NewPrice wanted, Instant now)
      throws SQLException {
    return session.one(
        INSERT_PRICE,
        JdbcCatalogue::price,
        wanted.model().value(),
        PriceJson.kind(wanted.price()),
        PriceJson.body(wanted.price()).toString(),
        wanted.from().orElse(now),
        now,
        wanted.model().value());
  }

  @Override
  public List<PriceVersion> priceHistory(ModelName model) {
    return sql.run(
        session ->
            session.list(
                HISTORY,
                row -> new PriceVersion(JdbcCatalogue.price(row), Sql.instant(row, "valid_from")),
                model.value()));
  }

  private void changeOne(String statement, Object... parameters) {
    var rows = change(statement, parameters);
    if (rows != 1) {
      throw new StoreBroken("expected one row and changed " + rows + ": " + statement);
    }
  }

  private int change(String statement, Object... parameters) {
    return sql.transaction(
        session -> {
          Signals.catalogue(session);
          return session.update(statement, parameters);
        });
  }
}
