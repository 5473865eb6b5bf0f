package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Plan;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.ModelName;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What can be had, for how much, and that a create keeps what the schema promises. */
class OffersApiTest {
  private static final String MODELS = "/v1/video/models";
  private static final String QUOTE = "/v1/video/quote";
  private static final int BODIES = 20;

  private final ApiKit kit = new ApiKit();

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void every_name_of_the_list_of_models_says_what_it_can() {
    var names = ApiKit.idsOf(ApiKit.json(kit.get("/v1/models")));

    var models = ApiKit.json(kit.get(MODELS));

    assertThat(ApiKit.idsOf(models)).isEqualTo(names).contains("sora-2", "veo3.1");
    var sora = model("sora-2-pro");
    assertThat(sora.path("seconds").toString()).isEqualTo("[4,5,8,10,12,15,25]");
    assertThat(sora.path("resolutions").toString()).isEqualTo("[\"720p\",\"1080p\"]");
    assertThat(sora.path("sizes").toString()).contains("\"1920x1080\"", "\"720x1280\"");
    assertThat(sora.path("defaults").path("duration").asInt()).isEqualTo(4);
    assertThat(sora.path("images_max").asInt()).isEqualTo(10);
    assertThat(sora.path("pictures").toString())
        .isEqualTo(
            "{\"first_frame\":true,\"last_frame\":true,\"references_max\":10,\"together\":false}");
    assertThat(sora.path("is_alias").asBoolean()).isFalse();
    assertThat(model("veo3.1").path("served_by").toString()).isEqualTo("[\"veo3.1-fast\"]");
  }

  @Test
  void prices_are_those_of_the_callers_plan() {
    kit.putUnder(new Plan(2, "dear", OptionalInt.empty(), 1_500_000), ApiKit.OTHER_KEY);

    var mine = model("sora-2-pro").path("price");
    var dear = ApiKit.json(kit.getAs(ApiKit.OTHER_KEY, MODELS + "?id=sora-2-pro"));

    assertThat(mine.path("kind").asString()).isEqualTo("per_second");
    assertThat(mine.path("rates").toString())
        .isEqualTo(
            "[{\"resolution\":\"720p\",\"audio\":null,\"references\":null,\"amount\":\"0.10\"},"
                + "{\"resolution\":\"1080p\",\"audio\":null,\"references\":null,"
                + "\"amount\":\"0.16\"}]");
    assertThat(mine.path("least").asString()).isEqualTo("0.40");
    assertThat(mine.path("most").asString()).isEqualTo("4.00");
    assertThat(dear.at("/data/0/price/rates/0/amount").asString()).isEqualTo("0.15");
    assertThat(dear.at("/data/0/price/factor").asString()).isEqualTo("1.5");
  }

  @Test
  void a_size_without_a_price_is_not_offered() {
    var name = new ModelName("sora-2-pro");
    var only720 = new Rate(Optional.of(Resolution.P720), Optional.empty(), Money.parse("0.10"));
    var prices = new HashMap<>(kit.catalogue.prices());
    var price = new Price.PerSecond(new Rates(List.of(only720)));
    prices.put(name, new PriceRule(1, name.value(), 2, price));
    var now = kit.catalogue;
    kit.catalogue = new Catalogue(now.models(), now.aliases(), prices, now.channels());

    assertThat(model("sora-2-pro").path("resolutions").toString()).isEqualTo("[\"720p\"]");
  }

  @Test
  void references_may_have_a_price_of_their_own() {
    var name = new ModelName("sora-2-pro");
    var plain = Rate.flat(Money.parse("0.10"));
    var referenced =
        new Rate(Optional.empty(), Optional.empty(), Optional.of(true), Money.parse("0.30"));
    var prices = new HashMap<>(kit.catalogue.prices());
    var price = new Price.PerVideo(new Rates(List.of(plain, referenced)));
    prices.put(name, new PriceRule(1, name.value(), 2, price));
    var now = kit.catalogue;
    kit.catalogue = new Catalogue(now.models(), now.aliases(), prices, now.channels());
    var body = "{'model':'sora-2-pro','prompt':'a','%s':['https://a.example/1.png']}";

    var frame = ApiKit.json(kit.post(QUOTE, body.formatted("first_frame_image")));
    var reference = ApiKit.json(kit.post(QUOTE, body.formatted("reference_images")));

    assertThat(frame.path("hold").asString()).isEqualTo("0.10");
    assertThat(reference.path("hold").asString()).isEqualTo("0.30");
    assertThat(model("sora-2-pro").at("/price/most").asString()).isEqualTo("0.30");
    assertThat(model("sora-2-pro").at("/price/rates/1/references").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sora-2", "sora-2-pro", "sandbox-video", "veo3.1-fast", "veo3", "viduq1"})
  void whatever_a_schema_allows_is_accepted(String name) {
    var schema = model(name).path("create_schema");
    var random = new SplittableRandom(name.hashCode());
    for (int i = 0; i < BODIES; i++) {
      var body = SchemaBodies.within(schema, random).toString();

      var reply = kit.send(kit.request(QUOTE, ApiKit.KEY).POST(ApiKit.body(body)));

      assertThat(reply.statusCode()).as("%s %s", body, reply.body()).isEqualTo(200);
      assertThat(ApiKit.json(reply).path("model").asString()).isEqualTo(name);
    }
    var last = SchemaBodies.within(schema, random).toString();
    var created = kit.send(kit.request(ApiKit.CREATE, ApiKit.KEY).POST(ApiKit.body(last)));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sora-2", "sora-2-pro", "sandbox-video", "veo3.1-fast"})
  void whatever_a_schema_does_not_allow_is_refused_by_the_same_name(String name) {
    var schema = model(name).path("create_schema");
    var properties = schema.path("properties");
    for (var property : properties.propertyNames()) {
      for (var wrong : SchemaBodies.outside(properties.path(property))) {
        ObjectNode body = SchemaBodies.least(schema);
        body.set(property, wrong);

        var reply = kit.send(kit.request(QUOTE, ApiKit.KEY).POST(ApiKit.body(body.toString())));

        assertThat(reply.statusCode()).as(property + " " + wrong).isIn(400, 404);
        assertThat(ApiKit.json(reply).at("/error/param").asString()).isEqualTo(property);
      }
    }
    for (var required : schema.path("required")) {
      var body = SchemaBodies.least(schema);
      body.remove(required.asString());
      var reply = kit.send(kit.request(ApiKit.CREATE, ApiKit.KEY).POST(body(body)));
      assertThat(ApiKit.json(reply).at("/error/param").asString()).isEqualTo(required.asString());
    }
  }

  @Test
  void a_tenants_own_factor_is_in_quotes_offers_and_holds_from_the_next_create_on() {
    var body = "{'model':'veo3','prompt':'a cat'}";
    var before = kit.create(body);
    kit.putFactor(ApiKit.KEY, 900_000);

    var quote = ApiKit.json(kit.post(QUOTE, body));
    var offer = model("veo3").path("price");
    var after = kit.create(body);

    assertThat(quote.path("hold").asString()).isEqualTo("0.36");
    assertThat(quote.at("/price/factor").asString()).isEqualTo("0.9");
    assertThat(offer.path("most").asString()).isEqualTo("0.36");
    assertThat(kit.query(after).at("/usage/held").asString()).isEqualTo("0.36");
    assertThat(kit.query(before).at("/usage/held").asString()).isEqualTo("0.40");
  }

  @Test
  void a_quote_says_what_the_create_then_holds_and_stores_nothing() {
    var body = "{'model':'veo3','prompt':'a cat','duration':9,'size':'1080p','foo':1}";

    var quote = ApiKit.json(kit.post(QUOTE, body));
    assertThat(ApiKit.json(kit.get("/v1/video/list")).path("data")).isEmpty();
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.FRESH);
    var task = kit.query(kit.create(body));

    assertThat(quote.path("object").asString()).isEqualTo("video.quote");
    assertThat(quote.path("served_model").asString()).isEqualTo("veo3.1-fast");
    assertThat(quote.path("hold").asString()).isEqualTo("0.40");
    assertThat(quote.path("hold")).isEqualTo(task.at("/usage/held"));
    assertThat(quote.path("seconds")).isEqualTo(task.path("seconds"));
    assertThat(quote.path("size")).isEqualTo(task.path("size"));
    assertThat(quote.path("warnings")).isEqualTo(task.path("warnings")).hasSize(3);
    assertThat(quote.at("/price/kind").asString()).isEqualTo("per_video");
    assertThat(quote.at("/price/version").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "{'model':'sora-2','prompt':'a','duration':7} | invalid_field | duration",
        "{'model':'nobody','prompt':'a'} | model_not_found | model",
        "{'prompt':'a'} | invalid_field | model",
        "{'model':'sora-2'} | invalid_field | prompt",
        "[] | invalid_json | ''"
      },
      delimiter = '|')
  void a_quote_is_refused_as_the_create_is(String body, String code, String param) {
    var quote = kit.post(QUOTE, body, "X-Request-Id", "same");
    var create = kit.post(ApiKit.CREATE, body, "X-Request-Id", "same");

    assertThat(ApiKit.code(quote)).isEqualTo(code);
    assertThat(ApiKit.json(quote).at("/error/param").asString("''")).isEqualTo(param);
    assertThat(quote.body()).isEqualTo(create.body());
  }

  @Test
  void a_quote_asks_for_no_balance() {
    kit.addKey(
        "poor-key-with-twenty-characters", Money.ZERO, Optional.empty(), OptionalInt.empty());

    var reply = kit.postAs("poor-key-with-twenty-characters", QUOTE, ApiKit.CAT);

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(ApiKit.json(reply).path("hold").asString()).isEqualTo("0.50");
  }

  @Test
  void a_name_that_nobody_has_is_404_and_one_that_nobody_serves_is_an_empty_list() {
    var unknown = kit.get(MODELS + "?id=nobody");
    var now = kit.catalogue;
    kit.catalogue = new Catalogue(now.models(), now.aliases(), now.prices(), List.of());
    var unserved = kit.get(MODELS + "?id=sora-2");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(ApiKit.code(unknown)).isEqualTo("model_not_found");
    assertThat(ApiKit.json(unserved).path("data")).isEmpty();
  }

  private JsonNode model(String name) {
    var reply = kit.get(MODELS + "?id=" + name);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return new JsonMapper().readTree(reply.body()).at("/data/0");
  }

  private static HttpRequest.BodyPublisher body(ObjectNode body) {
    return ApiKit.body(body.toString());
  }
}
