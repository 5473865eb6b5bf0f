package dev.reelay.http.dialect.newapi;

import dev.reelay.access.Caller;
import dev.reelay.access.Plan;
import dev.reelay.http.Callers;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.dialect.PriceView;
import dev.reelay.money.Factors;
import dev.reelay.money.Money;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Quote;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Fit;
import dev.reelay.routing.Fitting;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Wish;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code GET /api/pricing}: what may be asked for, on which routes and for how much, and what each
 * plan allows. Public, as new-api's is, whose members stand first; a plan is what new-api calls a
 * group. Prices are without any factor; a key that comes along is told its own.
 */
public final class PriceList {
  /** The words that programs choose a route by. */
  private static final List<String> ENDPOINT_TYPES =
      List.of("unified-video", "视频统一格式", "openai-video", "video-generations");

  /** In new-api: a price for each call, and not for each token. */
  private static final int BY_CALL = 1;

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
    var caller = callers.perhaps(request);
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
    caller.ifPresent(one -> writeOwn(json, one));
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
    PriceView.writePublic(json.object("price"), rule.price());
    json.endObject().endObject();
  }

  /** What a video costs at most of which nothing is asked but a prompt. */
  private static Optional<Money> usual(Model model, PriceRule rule) {
    return switch (Fitting.fit(model.capability(), Wish.NOTHING, false)) {
      case Fit.Fits(var shape, _) ->
          Quote.hold(rule, Factors.ONE, shape.usage()).map(hold -> hold.max());
      case Fit.Refused _ -> Optional.empty();
    };
  }

  private static void writePlans(JsonText json, List<Plan> plans) {
    json.object("group_ratio");
    plans.forEach(plan -> json.number(plan.name(), Factors.decimal(plan.factorMillionths())));
    json.endObject().object("usable_group");
    plans.forEach(plan -> json.field(plan.name(), plan.name()));
    json.endObject().array("plans");
    for (var plan : plans) {
      var rates = plan.effectiveRates();
      json.object()
          .field("name", plan.name())
          .number("factor", Factors.decimal(plan.factorMillionths()));
      writeLimit(json, "open_tasks_max", plan.openTasksMax());
      writeLimit(json, "creates_per_minute", rates.createPerMinute());
      writeLimit(json, "queries_per_minute", rates.queryPerMinute());
      json.endObject();
    }
    json.endArray();
  }

  /** What the prices of the list are multiplied by for whoever brought a key. */
  private static void writeOwn(JsonText json, Caller caller) {
    json.object("own")
        .field("plan", caller.tenant().plan().name())
        .number("factor", caller.tenant().factors().toString())
        .endObject();
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
