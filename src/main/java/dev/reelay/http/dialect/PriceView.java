package dev.reelay.http.dialect;

import dev.reelay.http.JsonText;
import dev.reelay.money.Factors;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Rate;
import dev.reelay.money.Ratio;

/** Writes a price as somebody pays it: every amount times the factors. */
public final class PriceView {
  private PriceView() {}

  /**
   * Writes a rule as the members of an object that is open already.
   *
   * @param factors of the tenant who asks
   */
  public static void write(JsonText json, PriceRule rule, Factors factors, String currency) {
    json.field("currency", currency)
        .field("model", rule.model())
        .field("version", rule.version())
        .field("kind", kind(rule.price()))
        .field("factor", factors.toString());
    if (rule.price() instanceof Price.ReportedCost(long factorPercent, Money _)) {
      json.field("cost_percent", factorPercent);
    }
    amounts(json, rule.price(), factors.ratio());
  }

  /** Writes a price without any factor, for whoever asks, as the members of an open object. */
  public static void writePublic(JsonText json, Price price) {
    json.field("kind", kind(price));
    amounts(json, price, Ratio.ONE);
  }

  /** The word for a kind of price. */
  public static String kind(Price price) {
    return switch (price) {
      case Price.PerVideo _ -> "per_video";
      case Price.PerSecond _ -> "per_second";
      case Price.PerToken _ -> "per_token";
      case Price.PerUnit _ -> "per_unit";
      case Price.ReportedCost _ -> "reported_cost";
    };
  }

  private static void amounts(JsonText json, Price price, Ratio factor) {
    switch (price) {
      case Price.PerVideo(var rates) -> rates(json, rates.lines(), factor);
      case Price.PerSecond(var rates) -> rates(json, rates.lines(), factor);
      case Price.PerToken(Money perMillion, long tokensMax) ->
          json.field("per_million", paid(perMillion, factor)).field("tokens_max", tokensMax);
      case Price.PerUnit(Money perUnit, long unitsMax) ->
          json.field("per_unit", paid(perUnit, factor)).field("units_max", unitsMax);
      case Price.ReportedCost(_, Money max) -> json.field("max", paid(max, factor));
    }
  }

  /** A condition that is null fits everything. */
  private static void rates(JsonText json, Iterable<Rate> lines, Ratio factor) {
    json.array("rates");
    for (var line : lines) {
      json.object();
      line.resolution()
          .ifPresentOrElse(
              resolution -> json.field("resolution", resolution.toString()),
              () -> json.nulls("resolution"));
      line.audio().ifPresentOrElse(audio -> json.field("audio", audio), () -> json.nulls("audio"));
      line.references()
          .ifPresentOrElse(
              references -> json.field("references", references), () -> json.nulls("references"));
      json.field("amount", paid(line.amount(), factor)).endObject();
    }
    json.endArray();
  }

  private static String paid(Money amount, Ratio factor) {
    return amount.timesHalfUp(factor).toString();
  }
}
