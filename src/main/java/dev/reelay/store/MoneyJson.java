package dev.reelay.store;

import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.PriceSnapshot;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import java.util.Optional;
import java.util.OptionalLong;

/** Prices and usage as the store keeps them: every amount an integer of micros. */
final class MoneyJson {
  static final String PER_VIDEO = "per_video";
  static final String PER_SECOND = "per_second";
  static final String PER_TOKEN = "per_token";
  static final String PER_UNIT = "per_unit";
  static final String REPORTED_COST = "reported_cost";

  private MoneyJson() {}

  static String write(PriceSnapshot snapshot) {
    var rule = snapshot.rule();
    return JsonFields.empty()
        .with("rule", rule.id())
        .with("model", rule.model())
        .with("version", rule.version())
        .with("kind", kind(rule.price()))
        .with("price", body(rule.price()))
        .with("factor_millionths", snapshot.factorMillionths())
        .with("asked", usage(snapshot.asked()))
        .json();
  }

  static PriceSnapshot readSnapshot(String json) {
    var fields = JsonFields.parse(json);
    var price = price(fields.text("kind"), fields.object("price"));
    var version = Math.toIntExact(fields.number("version"));
    return new PriceSnapshot(
        new PriceRule(fields.number("rule"), fields.text("model"), version, price),
        fields.number("factor_millionths"),
        usage(fields.object("asked")));
  }

  /** The kind as the column {@code price_rule.kind} has it. */
  static String kind(Price price) {
    return switch (price) {
      case Price.PerVideo _ -> PER_VIDEO;
      case Price.PerSecond _ -> PER_SECOND;
      case Price.PerToken _ -> PER_TOKEN;
      case Price.PerUnit _ -> PER_UNIT;
      case Price.ReportedCost _ -> REPORTED_COST;
    };
  }

  /** The rest of a price as the column {@code price_rule.body} has it. */
  static String write(Price price) {
    return body(price).json();
  }

  static Price readPrice(String kind, String body) {
    return price(kind, JsonFields.parse(body));
  }

  private static JsonFields body(Price price) {
    var fields = JsonFields.empty();
    return switch (price) {
      case Price.PerVideo(Rates rates) -> rates(fields, rates);
      case Price.PerSecond(Rates rates) -> rates(fields, rates);
      case Price.PerToken(var perMillion, long tokensMax) ->
          fields.with("per_million", perMillion).with("tokens_max", tokensMax);
      case Price.PerUnit(var perUnit, long unitsMax) ->
          fields.with("per_unit", perUnit).with("units_max", unitsMax);
      case Price.ReportedCost(long factorPercent, var max) ->
          fields.with("factor_percent", factorPercent).with("max", max);
    };
  }

  private static Price price(String kind, JsonFields body) {
    return switch (kind) {
      case PER_VIDEO -> new Price.PerVideo(rates(body));
      case PER_SECOND -> new Price.PerSecond(rates(body));
      case PER_TOKEN -> new Price.PerToken(body.money("per_million"), body.number("tokens_max"));
      case PER_UNIT -> new Price.PerUnit(body.money("per_unit"), body.number("units_max"));
      case REPORTED_COST ->
          new Price.ReportedCost(body.number("factor_percent"), body.money("max"));
      default -> throw new StoreBroken("no such kind of price: " + kind);
    };
  }

  private static JsonFields rates(JsonFields fields, Rates rates) {
    return fields.withObjects("rates", rates.lines().stream().map(MoneyJson::rate).toList());
  }

  private static Rates rates(JsonFields fields) {
    return new Rates(fields.objects("rates").stream().map(MoneyJson::rate).toList());
  }

  private static JsonFields rate(Rate rate) {
    var fields = JsonFields.empty().with("amount", rate.amount());
    rate.resolution().ifPresent(resolution -> fields.with("lines", resolution.lines()));
    rate.audio().ifPresent(audio -> fields.with("audio", audio));
    return fields;
  }

  private static Rate rate(JsonFields fields) {
    return new Rate(resolution(fields), fields.maybe("audio", fields::flag), fields.money("amount"));
  }

  private static JsonFields usage(Usage usage) {
    var fields = JsonFields.empty().with("millis", usage.millis());
    usage.resolution().ifPresent(resolution -> fields.with("lines", resolution.lines()));
    usage.audio().ifPresent(audio -> fields.with("audio", audio));
    usage.units().ifPresent(units -> fields.with("units", units));
    usage.cost().ifPresent(cost -> fields.with("cost", cost));
    return fields;
  }

  private static Usage usage(JsonFields fields) {
    return new Usage(
        fields.number("millis"),
        resolution(fields),
        fields.maybe("audio", fields::flag),
        units(fields),
        fields.maybe("cost", fields::money));
  }

  private static Optional<Resolution> resolution(JsonFields fields) {
    return fields
        .maybe("lines", fields::number)
        .map(lines -> new Resolution(Math.toIntExact(lines)));
  }

  static OptionalLong units(JsonFields fields) {
    return fields.maybe("units", fields::number).stream().mapToLong(Long::longValue).findFirst();
  }
}
