package dev.reelay.store;

import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prices as the database keeps them: the kind as a word, the rest as JSON with amounts in micros.
 * The words and field names are stored data and never change.
 */
final class PriceJson {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PER_VIDEO = "per_video";
  private static final String PER_SECOND = "per_second";
  private static final String PER_TOKEN = "per_token";
  private static final String PER_UNIT = "per_unit";
  private static final String REPORTED_COST = "reported_cost";

  private PriceJson() {}

  static String kind(Price price) {
    return switch (price) {
      case Price.PerVideo _ -> PER_VIDEO;
      case Price.PerSecond _ -> PER_SECOND;
      case Price.PerToken _ -> PER_TOKEN;
      case Price.PerUnit _ -> PER_UNIT;
      case Price.ReportedCost _ -> REPORTED_COST;
    };
  }

  static ObjectNode body(Price price) {
    var body = JSON.createObjectNode();
    return switch (price) {
      case Price.PerVideo(Rates rates) -> body.set("rates", write(rates));
      case Price.PerSecond(Rates rates) -> body.set("rates", write(rates));
      case Price.PerToken(Money perMillion, long tokensMax) ->
          body.put("per_million_micros", perMillion.micros()).put("tokens_max", tokensMax);
      case Price.PerUnit(Money perUnit, long unitsMax) ->
          body.put("per_unit_micros", perUnit.micros()).put("units_max", unitsMax);
      case Price.ReportedCost(long factorPercent, Money max) ->
          body.put("factor_percent", factorPercent).put("max_micros", max.micros());
    };
  }

  /**
   * Reads back what {@link #kind} and {@link #body} gave.
   *
   * @throws StoreBroken if the kind is unknown: a later version wrote it
   */
  static Price read(String kind, JsonNode body) {
    return switch (kind) {
      case PER_VIDEO -> new Price.PerVideo(rates(body));
      case PER_SECOND -> new Price.PerSecond(rates(body));
      case PER_TOKEN ->
          new Price.PerToken(
              money(body, "per_million_micros"), body.required("tokens_max").asLong());
      case PER_UNIT ->
          new Price.PerUnit(money(body, "per_unit_micros"), body.required("units_max").asLong());
      case REPORTED_COST ->
          new Price.ReportedCost(
              body.required("factor_percent").asLong(), money(body, "max_micros"));
      default -> throw new StoreBroken("unknown kind of price: " + kind);
    };
  }

  static Price read(String kind, String body) {
    return read(kind, JSON.readTree(body));
  }

  private static ArrayNode write(Rates rates) {
    var lines = JSON.createArrayNode();
    for (var rate : rates.lines()) {
      var line = lines.addObject();
      rate.resolution().ifPresent(resolution -> line.put("resolution", resolution.toString()));
      rate.audio().ifPresent(audio -> line.put("audio", audio));
      rate.references().ifPresent(references -> line.put("references", references));
      line.put("micros", rate.amount().micros());
    }
    return lines;
  }

  private static Rates rates(JsonNode body) {
    var lines = new ArrayList<Rate>();
    for (var line : body.required("rates")) {
      lines.add(
          new Rate(
              line.optional("resolution").map(text -> Resolution.parse(text.asString())),
              line.optional("audio").map(JsonNode::asBoolean),
              line.optional("references").map(JsonNode::asBoolean),
              money(line, "micros")));
    }
    return new Rates(lines);
  }

  private static Money money(JsonNode body, String field) {
    return Money.ofMicros(body.required(field).asLong());
  }
}
