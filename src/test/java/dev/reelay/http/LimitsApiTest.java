package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.AddressRange;
import dev.reelay.access.KeyScope;
import dev.reelay.access.Plan;
import dev.reelay.access.RequestRates;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rate limits and key rules as callers meet them. */
class LimitsApiTest {
  private static final String UNKNOWN_ID = "/v1/video/query?id=task_00000000000000000000000000";
  private static final String SECOND_KEY = "second-key-with-twenty-characters";

  private final ApiKit kit = new ApiKit();

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void a_query_says_how_much_is_left_and_beyond_it_which_limit_it_was() {
    var id = kit.create(ApiKit.CAT);
    kit.putUnder(plan(OptionalInt.empty(), OptionalInt.of(3)), ApiKit.KEY);

    var first = kit.get("/v1/video/query?id=" + id);
    kit.get("/v1/models");
    var third = kit.get(UNKNOWN_ID);
    var fourth = kit.get("/v1/video/query?id=" + id);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "ratelimit-policy")).isEqualTo("\"query\";q=3;w=60");
    assertThat(header(first, "ratelimit")).isEqualTo("\"query\";r=2;t=20");
    assertThat(header(first, "x-ratelimit-limit-requests")).isEqualTo("3");
    assertThat(header(first, "x-ratelimit-remaining-requests")).isEqualTo("2");
    assertThat(header(first, "x-ratelimit-reset-requests")).isEqualTo("20s");
    assertThat(third.statusCode()).isEqualTo(404);
    assertThat(header(third, "ratelimit")).isEqualTo("\"query\";r=0;t=60");
    assertThat(fourth.statusCode()).isEqualTo(429);
    assertThat(ApiKit.code(fourth)).isEqualTo("rate_limited");
    assertThat(header(fourth, "retry-after")).isEqualTo("20");
    assertThat(header(fourth, "ratelimit")).isEqualTo("\"query\";r=0;t=60");
    var error = ApiKit.json(fourth).path("error");
    assertThat(error.path("param").asString()).isEqualTo("query");
    assertThat(error.path("limit").asString()).isEqualTo("3");
    assertThat(error.path("type").asString()).isEqualTo("rate_limit_error");
    assertThat(error.path("message").asString()).contains("3 queries");
  }

  @Test
  void whoever_comes_back_when_told_is_served() {
    kit.putUnder(plan(OptionalInt.empty(), OptionalInt.of(1)), ApiKit.KEY);
    kit.get("/v1/models");
    var refused = kit.get("/v1/models");

    kit.clock.move(Duration.ofSeconds(Long.parseLong(header(refused, "retry-after"))));

    assertThat(kit.get("/v1/models").statusCode()).isEqualTo(200);
  }

  @Test
  void creates_count_apart_and_a_refused_one_holds_nothing() {
    kit.putUnder(plan(OptionalInt.of(1), OptionalInt.empty()), ApiKit.KEY);
    var first = kit.post(ApiKit.CREATE, ApiKit.CAT);
    var held = kit.store.balance(kit.tenant);

    var second = kit.post(ApiKit.CREATE, ApiKit.CAT);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "ratelimit")).isEqualTo("\"create\";r=0;t=60");
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(ApiKit.json(second).path("error").path("param").asString()).isEqualTo("create");
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(held);
    var query = kit.get("/v1/models");
    assertThat(query.statusCode()).isEqualTo(200);
    assertThat(query.headers().firstValue("ratelimit")).isEmpty();
  }

  @Test
  void the_keys_of_a_tenant_share_its_limit_and_tenants_do_not() {
    var plan = plan(OptionalInt.empty(), OptionalInt.of(2));
    kit.addKeyOf(kit.tenant, SECOND_KEY, Optional.empty(), OptionalInt.empty(), Optional.empty());
    List.of(ApiKit.KEY, SECOND_KEY, ApiKit.OTHER_KEY).forEach(key -> kit.putUnder(plan, key));
    kit.getAs(ApiKit.KEY, "/v1/models");
    kit.getAs(SECOND_KEY, "/v1/models");

    assertThat(kit.getAs(ApiKit.KEY, "/v1/models").statusCode()).isEqualTo(429);
    assertThat(kit.getAs(SECOND_KEY, "/v1/models").statusCode()).isEqualTo(429);
    assertThat(kit.getAs(ApiKit.OTHER_KEY, "/v1/models").statusCode()).isEqualTo(200);
  }

  @Test
  void a_changed_plan_counts_at_once() {
    kit.putUnder(plan(OptionalInt.empty(), OptionalInt.of(1)), ApiKit.KEY);
    kit.get("/v1/models");
    var refused = kit.get("/v1/models");

    kit.putUnder(plan(OptionalInt.empty(), OptionalInt.of(2)), ApiKit.KEY);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(kit.get("/v1/models"), "ratelimit")).isEqualTo("\"query\";r=1;t=30");
  }

  @Test
  void a_declared_key_has_no_limit_unless_it_is_given_one() {
    var free = kit.get("/v1/models");
    kit.putDeclared(ApiKit.KEY, new RequestRates(OptionalInt.empty(), OptionalInt.of(1)));
    kit.get("/v1/models");

    assertThat(free.headers().firstValue("ratelimit")).isEmpty();
    assertThat(kit.get("/v1/models").statusCode()).isEqualTo(429);
  }

  @Test
  void a_key_asks_only_for_the_models_of_its_list() {
    kit.putScope(ApiKit.KEY, new KeyScope(Set.of("sora-2"), List.of()));

    var allowed = kit.post(ApiKit.CREATE, ApiKit.CAT);
    var other = kit.post(ApiKit.CREATE, "{'model':'sandbox-video','prompt':'a cat'}");
    var models = ApiKit.json(kit.get("/v1/models")).path("data");
    var token = ApiKit.json(kit.get("/api/usage/token/")).path("data");

    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(ApiKit.code(other)).isEqualTo("model_not_allowed");
    assertThat(ApiKit.json(other).path("error").path("type").asString())
        .isEqualTo("permission_error");
    assertThat(ApiKit.json(other).path("error").path("param").asString()).isEqualTo("model");
    assertThat(ApiKit.json(other).path("error").path("allowed").get(0).asString())
        .isEqualTo("sora-2");
    assertThat(ApiKit.json(other).path("error").path("allowed").size()).isEqualTo(1);
    assertThat(models.size()).isEqualTo(1);
    assertThat(token.path("model_limits").path("sora-2").asBoolean()).isTrue();
    assertThat(token.path("model_limits_enabled").asBoolean()).isTrue();
  }

  @Test
  void a_key_is_used_only_from_the_addresses_of_its_list() {
    kit.putScope(ApiKit.KEY, from("10.0.0.0/8"));
    var elsewhere = kit.get("/v1/models");
    var forged = kit.get("/v1/models", "X-Forwarded-For", "10.1.2.3");
    kit.putScope(ApiKit.KEY, from("127.0.0.0/8"));

    assertThat(elsewhere.statusCode()).isEqualTo(403);
    assertThat(ApiKit.code(elsewhere)).isEqualTo("address_not_allowed");
    assertThat(ApiKit.json(elsewhere).path("message").asString()).contains("127.0.0.1");
    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(kit.get("/v1/models").statusCode()).isEqualTo(200);
  }

  @Test
  void scripts_of_other_pages_may_read_the_fields() {
    var reply = kit.get("/v1/models", "Origin", "https://page.example");

    assertThat(header(reply, "access-control-expose-headers")).contains("ratelimit-policy");
  }

  private static KeyScope from(String range) {
    return new KeyScope(Set.of(), List.of(AddressRange.parse(range)));
  }

  private static Plan plan(OptionalInt createPerMinute, OptionalInt queryPerMinute) {
    var rates = new RequestRates(createPerMinute, queryPerMinute);
    return new Plan(2, "gold", OptionalInt.empty(), 1_000_000, rates);
  }

  private static String header(HttpResponse<String> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }
}
