package dev.reelay.http.dialect.newapi;

import dev.reelay.access.Plan;
import dev.reelay.http.Callers;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Quote;
import dev.reelay.money.Rate;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Fit;
import dev.reelay.routing.Fitting;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Wish;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code GET /api/pricing}: what may be asked for, on which routes and for how much, and what each
 * plan allows. Public, as new-api's is, whose members stand first; a plan is what new-api calls a
 * group. Prices are without the plan's factor.
 */
public final class PriceList {
  /** The words that programs choose a route by. */
  private static final List<String> ENDPOINT_TYPES =
      List.of("unified-video", "视频统一格式", "openai-video", "video-generations");

  /** In new-api: a price for each call, and not for each token. */
  private static final int BY_CALL = 1;

  private static final int MILLIONTHS_DIGITS = 6;
  private static final long WHOLE_MILLIONTHS = 1_000_000;

  private final Callers callers;
  private final Supplier<Catalogue> catalogue;
  private final Supplier<List<Plan>> plans;
  private final String currency;

  /**
   * Makes the list.
   *
   * @param plans from memory: a call that needs no key must cost the database nothing
   * @param currency its code, such as {@code USD}
   */
  public PriceList(
      Callers callers, Supplier<Catalogue> catalogue, Supplier<List<Plan>> plans, String currency) {
    this.callers = callers;
    this.catalogue = catalogue;
    this.plans = plans;
    this.currency = currency;
  }

  /**
   * The list, for anybody.
   *
   * @throws dev.reelay.http.ApiRefusal 429 for too many calls from an address
   */
  public Reply list(Request request) {
    callers.countStranger(request);
    var now = catalogue.get();
    var offered = plans.get();
    var names = offered.stream().map(Plan::name).toList();
    var json = new JsonText().object().field("success", true).array("data");
    Stream.concat(now.models().keySet().stream(), now.aliases().keySet().stream())
        .distinct()
        .sorted((a, b) -> a.value().compareTo(b.value()))
        .forEach(name -> writeModel(json, now, name, names));
    json.endArray();
    writePlans(json, offered);
    writeEndpoints(json);
    return Reply.json(200, json.field("currency", currency).endObject().bytes());
  }

  /** An alias stands with the first model behind it that is served and has a price. */
  private static void writeModel(
      JsonText json, Catalogue now, ModelName name, List<String> planNames) {
    now.behind(name).stream()
        .filter(model -> now.isServed(model.name()))
        .filter(model -> now.price(model.name()).isPresent())
        .findFirst()
        .ifPresent(
            model ->
                now.price(model.name())
                    .ifPresent(rule -> writeModel(json, name, model, rule, planNames)));
  }

  private static void writeModel(
      JsonText json, ModelName name, Model model, PriceRule rule, List<String> planNames) {
    json.object()
        .field("model_name", name.value())
        .field("quota_type", BY_CALL)
        .number("model_price", usual(model, rule).map(Money::toString).orElse("0"))
        .field("model_ratio", 0)
        .field("completion_ratio", 0)
        .field("owner_by", "reelay")
        .strings("enable_groups", planNames)
        .strings("supported_endpoint_types", ENDPOINT_TYPES);
    if (!name.equals(model.name())) {
      json.field("served_model", model.name().value());
    }
    writePrice(json, rule.price());
    json.endObject();
  }

  /** What a video costs at most of which nothing is asked but a prompt. */
  private static Optional<Money> usual(Model model, PriceRule rule) {
    return switch (Fitting.fit(model.capability(), Wish.NOTHING, false)) {
      case Fit.Fits(var shape, _) ->
          Quote.hold(rule, WHOLE_MILLIONTHS, shape.usage()).map(hold -> hold.max());
      case Fit.Refused _ -> Optional.empty();
    };
  }

  private static void writePrice(JsonText json, Price price) {
    json.object("price");
    switch (price) {
      case Price.PerVideo(var rates) -> writeRates(json, "per_video", rates.lines());
      case Price.PerSecond(var rates) -> writeRates(json, "per_second", rates.lines());
      case Price.PerToken(Money perMillion, long tokensMax) ->
          json.field("kind", "per_token")
              .field("per_million", perMillion.toString())
              .field("tokens_max", tokensMax);
      case Price.PerUnit(Money perUnit, long unitsMax) ->
          json.field("kind", "per_unit")
              .field("per_unit", perUnit.toString())
              .field("units_max", unitsMax);
      case Price.ReportedCost(_, Money max) ->
          json.field("kind", "reported_cost").field("max", max.toString());
    }
    json.endObject();
  }

  private static void writeRates(JsonText json, String kind, List<Rate> rates) {
    json.field("kind", kind).array("rates");
    for (var rate : rates) {
      json.object();
      rate.resolution().ifPresent(size -> json.field("resolution", size.toString()));
      rate.audio().ifPresent(audio -> json.field("audio", (boolean) audio));
      rate.references().ifPresent(given -> json.field("references", (boolean) given));
      json.field("amount", rate.amount().toString()).endObject();
    }
    json.endArray();
  }

  private static void writePlans(JsonText json, List<Plan> plans) {
    json.object("group_ratio");
    plans.forEach(plan -> json.number(plan.name(), factor(plan)));
    json.endObject().object("usable_group");
    plans.forEach(plan -> json.field(plan.name(), plan.name()));
    json.endObject().array("plans");
    for (var plan : plans) {
      var rates = plan.effectiveRates();
      json.object().field("name", plan.name()).number("factor", factor(plan));
      writeLimit(json, "open_tasks_max", plan.openTasksMax());
      writeLimit(json, "creates_per_minute", rates.createPerMinute());
      writeLimit(json, "queries_per_minute", rates.queryPerMinute());
      json.endObject();
    }
    json.endArray();
  }

  private static String factor(Plan plan) {
    return BigDecimal.valueOf(plan.factorMillionths(), MILLIONTHS_DIGITS)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static void writeLimit(JsonText json, String name, OptionalInt limit) {
    if (limit.isPresent()) {
      json.field(name, limit.getAsInt());
    } else {
      json.nulls(name);
    }
  }

  private static void writeEndpoints(JsonText json) {
    json.object("supported_endpoint");
    writeEndpoint(json, "unified-video", "/v1/video/create");
    writeEndpoint(json, "视频统一格式", "/v1/video/create");
    writeEndpoint(json, "openai-video", "/v1/videos");
    writeEndpoint(json, "video-generations", "/v1/video/generations");
    json.endObject();
  }

  private static void writeEndpoint(JsonText json, String type, String path) {
    json.object(type).field("path", path).field("method", "POST").endObject();
  }
}
