package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.ApiKey;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Rates;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.ModelName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys, errors, models, balances and health over HTTP. */
class EdgeApiTest {
  private final ApiKit kit = new ApiKit();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void the_balance_routes_show_what_is_held_as_limit_and_only_charges_as_usage() {
    kit.finish(kit.create(ApiKit.CAT), "0.50", folder);
    kit.create(ApiKit.CAT);

    for (var prefix : List.of("/v1", "")) {
      var limit = ApiKit.json(kit.get(prefix + "/dashboard/billing/subscription"));
      var usage = ApiKit.json(kit.get(prefix + "/dashboard/billing/usage?start_date=2020-01-01"));

      assertThat(limit.path("object").asString()).isEqualTo("billing_subscription");
      assertThat(limit.path("hard_limit_usd").decimalValue()).isEqualByComparingTo("5");
      assertThat(limit.path("soft_limit_usd").isNumber()).isTrue();
      assertThat(usage.path("total_usage").decimalValue()).isEqualByComparingTo("50");
    }
    var token = ApiKit.json(kit.get("/api/usage/token/"));
    assertThat(token.path("code").asBoolean()).isTrue();
    assertThat(token.path("data").path("total_granted").asLong()).isEqualTo(2_500_000);
    assertThat(token.path("data").path("total_used").asLong()).isEqualTo(250_000);
    assertThat(token.path("data").path("total_available").asLong()).isEqualTo(2_250_000);
  }

  @Test
  void models_and_aliases_that_somebody_serves_are_listed() {
    var body = ApiKit.json(kit.get("/v1/models"));

    var ids = new ArrayList<String>();
    body.path("data").forEach(model -> ids.add(model.path("id").asString()));
    assertThat(body.path("object").asString()).isEqualTo("list");
    assertThat(ids).contains("sora-2", "sandbox-video", "veo3.1", "wan-ai/wan2.1-t2v-14b");
    assertThat(body.path("data").path(0).path("object").asString()).isEqualTo("model");
  }

  @Test
  void health_needs_no_key_and_readiness_says_what_is_in_the_way() {
    assertThat(kit.getAs("", "/healthz").statusCode()).isEqualTo(200);
    assertThat(kit.getAs("", "/readyz").statusCode()).isEqualTo(200);

    kit.obstacles.add("database");

    assertThat(kit.getAs("", "/readyz").statusCode()).isEqualTo(503);
    assertThat(kit.getAs("", "/readyz").body()).contains("database");
    assertThat(kit.getAs("", "/healthz").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(ApiKey.Refusal.class)
  void each_cause_of_a_401_has_its_code_and_comes_before_everything_else(ApiKey.Refusal cause) {
    kit.answerKeyWith("bad", cause);
    var expected =
        switch (cause) {
          case MISSING -> "missing_api_key";
          case MALFORMED -> "malformed_api_key";
          case UNKNOWN -> "invalid_api_key";
          case EXPIRED -> "expired_api_key";
          case REVOKED -> "revoked_api_key";
        };

    for (var path :
        List.of("/v1/video/query?id=nonsense", "/v1/models", "/v1/video/list?limit=x")) {
      var reply = kit.getAs("bad", path);
      assertThat(reply.statusCode()).isEqualTo(401);
      assertThat(ApiKit.code(reply)).isEqualTo(expected);
    }
    assertThat(ApiKit.code(kit.postAs("bad", ApiKit.CREATE, "{"))).isEqualTo(expected);
  }

  @Test
  void a_key_that_expired_after_it_was_loaded_is_refused() {
    var end = kit.clock.instant().plusSeconds(60);
    kit.addKeyOf(
        kit.tenant,
        "brief-key-with-20-characters",
        Optional.empty(),
        OptionalInt.empty(),
        Optional.of(end));

    assertThat(kit.getAs("brief-key-with-20-characters", "/v1/models").statusCode()).isEqualTo(200);
    kit.clock.move(Duration.ofSeconds(60));
    assertThat(ApiKit.code(kit.getAs("brief-key-with-20-characters", "/v1/models")))
        .isEqualTo("expired_api_key");
  }

  @Test
  void a_store_that_is_away_is_503_and_what_nobody_foresaw_500_with_the_request_alone() {
    kit.isStoreAway = true;
    var away = kit.get("/v1/models");
    kit.isStoreAway = false;
    kit.catalogue = brokenCatalogue();
    var broken = kit.post(ApiKit.CREATE, ApiKit.CAT, "X-Request-Id", "call-1");

    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(ApiKit.code(away)).isEqualTo("database_unavailable");
    assertThat(away.headers().firstValue("retry-after")).isPresent();
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(ApiKit.code(broken)).isEqualTo("internal");
    assertThat(broken.body()).contains("call-1").doesNotContain("Exception").doesNotContain("sora");
  }

  @Test
  void unknown_addresses_and_methods_answer_in_the_same_shape_without_a_key() {
    var unknown = kit.getAs("", "/v1/nothing");
    var method = kit.getAs("", ApiKit.CREATE);

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(ApiKit.code(unknown)).isEqualTo("route_not_found");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(ApiKit.json(method).path("error").path("message").asString()).isNotEmpty();
    assertThat(method.headers().firstValue("allow").orElse("")).contains("POST");
  }

  @Test
  void messages_are_chinese_for_who_asks_for_it() {
    var reply = kit.get("/v1/video/query?id=x", "Accept-Language", "zh-CN,zh;q=0.9");

    assertThat(ApiKit.json(reply).path("message").asString()).isEqualTo("任务不存在。");
  }

  @Test
  void scripts_of_other_pages_may_call_but_never_with_credentials() {
    var preflight =
        kit.send(
            kit.request(
                    ApiKit.CREATE,
                    "",
                    "Origin",
                    "https://page.example",
                    "Access-Control-Request-Method",
                    "POST")
                .method("OPTIONS", ApiKit.noBody()));

    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(preflight.headers().firstValue("access-control-allow-credentials")).isEmpty();
  }

  /** A price that no request can be held at without leaving the range of money. */
  private static Catalogue brokenCatalogue() {
    var all = ApiCatalogue.of("real");
    var prices = new HashMap<>(all.prices());
    var huge = new Price.PerSecond(Rates.flat(Money.ofMicros(Long.MAX_VALUE)));
    prices.put(new ModelName("sora-2"), new PriceRule(1, "sora-2", 1, huge));
    return new Catalogue(all.models(), all.aliases(), prices, all.channels());
  }
}
