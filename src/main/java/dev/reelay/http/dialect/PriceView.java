package dev.reelay.http.dialect;

import dev.reelay.http.JsonText;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.PriceSnapshot;
import dev.reelay.money.Rate;
import dev.reelay.money.Ratio;
import java.math.BigDecimal;

/** Writes a price rule as a plan pays it: every amount times the plan's factor. */
public final class PriceView {
  private static final int FACTOR_PLACES = 6;

  private PriceView() {}

  /**
   * Writes the members of an object that is open already.
   *
   * @param factorMillionths the plan's factor
   */
  public static void write(JsonText json, PriceRule rule, long factorMillionths, String currency) {
    var factor = new Ratio(factorMillionths, PriceSnapshot.FACTOR_ONE);
    json.field("currency", currency)
        .field("model", rule.model())
        .field("version", rule.version())
        .field("kind", kind(rule.price()))
        .field("factor", decimal(factorMillionths));
    switch (rule.price()) {
      case Price.PerVideo(var rates) -> rates(json, rates.lines(), factor);
      case Price.PerSecond(var rates) -> rates(json, rates.lines(), factor);
      case Price.PerToken(Money perMillion, long tokensMax) ->
          json.field("per_million", paid(perMillion, factor)).field("tokens_max", tokensMax);
      case Price.PerUnit(Money perUnit, long unitsMax) ->
          json.field("per_unit", paid(perUnit, factor)).field("units_max", unitsMax);
      case Price.ReportedCost(long factorPercent, Money max) ->
          json.field("cost_percent", factorPercent).field("max", paid(max, factor));
    }
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

  private static String decimal(long millionths) {
    return BigDecimal.valueOf(millionths, FACTOR_PLACES).stripTrailingZeros().toPlainString();
  }
}
