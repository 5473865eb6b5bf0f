package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.dialect.CreateVideo;
import dev.reelay.money.Money;
import dev.reelay.routing.Catalogue;
import dev.reelay.task.Admission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A create over HTTP: what it answers, holds and refuses, and how it repeats. */
class CreateApiTest {
  private ApiKit kit = new ApiKit();

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_create_answers_200_and_holds_the_most_that_it_may_cost() {
    var reply = kit.post(ApiKit.CREATE, ApiKit.CAT);

    var body = ApiKit.json(reply);
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(body.path("id").asString()).matches("sora-2:task_[0-9a-hjkmnp-tv-z]{26}");
    assertThat(body.path("task_id")).isEqualTo(body.path("id"));
    assertThat(body.path("status").asString()).isEqualTo("pending");
    assertThat(body.path("object").asString()).isEqualTo("video");
    assertThat(body.path("progress").isIntegralNumber()).isTrue();
    assertThat(body.path("status_update_time").asLong())
        .isEqualTo(kit.clock.instant().toEpochMilli());
    assertThat(body.path("enhanced_prompt").asString()).isEmpty();
    assertThat(body.path("warnings").size()).isZero();
    assertThat(reply.headers().firstValue("x-request-id")).isPresent();
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.balance("4.50", "0.50"));
  }

  @Test
  void what_the_sandbox_will_make_carries_a_warning_in_both_answers() {
    kit.catalogue = ApiCatalogue.of("sandbox");

    var created = ApiKit.json(kit.post(ApiKit.CREATE, ApiKit.CAT));
    var queried = kit.query(created.path("id").asString());

    assertThat(created.path("warnings").path(0).asString()).isEqualTo(CreateVideo.SANDBOX_WARNING);
    assertThat(queried.path("warnings")).isEqualTo(created.path("warnings"));
  }

  @Test
  void through_an_alias_a_near_value_is_used_and_told() {
    var created =
        ApiKit.json(
            kit.post(ApiKit.CREATE, "{'model':'veo3.1','prompt':'p','seconds':'9','foo':1}"));

    var warnings = created.path("warnings");
    assertThat(created.path("model").asString()).isEqualTo("veo3.1");
    assertThat(created.path("seconds").asString()).isEqualTo("8");
    assertThat(warnings.path(0).asString()).isEqualTo("Unknown field `foo` was ignored.");
    assertThat(warnings.path(1).asString())
        .isEqualTo("`seconds` 9 is not possible with veo3.1-fast; 8 is used.");
    assertThat(kit.query(created.path("id").asString()).path("served_model").asString())
        .isEqualTo("veo3.1-fast");
  }

  @Test
  void a_callback_address_that_is_never_called_is_taken_with_a_warning() {
    var body = "{'model':'sora-2','prompt':'p','callback_url':'http://hooks.example/x'}";
    assertThat(ApiKit.json(kit.post(ApiKit.CREATE, body)).path("warnings")).isEmpty();
    kit.callbackRefusal = Optional.of("only https addresses are called");

    var created = ApiKit.json(kit.post(ApiKit.CREATE, body));

    assertThat(created.path("warnings").path(0).asString())
        .isEqualTo(
            "`callback_url` is never called: only https addresses are called."
                + " `GET /v1/webhooks/feed` tells the same.");
    assertThat(ApiKit.json(kit.post(ApiKit.CREATE, ApiKit.CAT)).path("warnings")).isEmpty();
  }

  @Test
  void asked_directly_a_value_the_model_cannot_do_is_refused_with_those_it_can() {
    var reply = kit.post(ApiKit.CREATE, "{'model':'sora-2','prompt':'p','seconds':'9'}");

    var error = ApiKit.json(reply).path("error");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(error.path("code").asString()).isEqualTo("invalid_field");
    assertThat(error.path("param").asString()).isEqualTo("seconds");
    assertThat(error.path("allowed").toString())
        .isEqualTo("[\"4\",\"5\",\"8\",\"10\",\"12\",\"15\"]");
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.FRESH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{ | 400 | invalid_json | ",
        " | 400 | invalid_json | ",
        "[] | 400 | invalid_json | ",
        "{'prompt':'p'} | 400 | invalid_field | model",
        "{'model':'sora-2'} | 400 | invalid_field | prompt",
        "{'model':'sora-2','prompt':' '} | 400 | invalid_field | prompt",
        "{'model':'sora-2','prompt':'p','duration':'long'} | 400 | invalid_field | duration",
        "{'model':'sora-2','prompt':'p','size':'large'} | 400 | invalid_field | size",
        "{'model':'sora-2','prompt':'p','aspect_ratio':'4:3'} | 400 | invalid_field | aspect_ratio",
        "{'model':'nobody','prompt':'p'} | 404 | model_not_found | model",
        "{'model':'no body','prompt':'p'} | 404 | model_not_found | model"
      })
  void a_wrong_create_is_refused_and_holds_nothing(
      String body, int status, String code, String param) {
    var reply = kit.post(ApiKit.CREATE, body == null ? "" : body);

    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(ApiKit.json(reply).path("code").asString()).isEqualTo(code);
    assertThat(ApiKit.json(reply).path("error").path("param").asString())
        .isEqualTo(param == null ? "" : param);
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.FRESH);
  }

  @Test
  void a_known_model_without_a_channel_is_503_and_one_without_a_price_400() {
    var all = kit.catalogue;
    kit.catalogue = new Catalogue(all.models(), all.aliases(), all.prices(), List.of());
    var unserved = kit.post(ApiKit.CREATE, ApiKit.CAT);
    kit.catalogue = new Catalogue(all.models(), all.aliases(), Map.of(), all.channels());
    var unpriced = kit.post(ApiKit.CREATE, ApiKit.CAT);

    assertThat(unserved.statusCode()).isEqualTo(503);
    assertThat(ApiKit.code(unserved)).isEqualTo("no_channel");
    assertThat(unserved.headers().firstValue("retry-after")).isPresent();
    assertThat(unpriced.statusCode()).isEqualTo(400);
    assertThat(ApiKit.code(unpriced)).isEqualTo("model_not_priced");
  }

  @Test
  void a_form_makes_the_same_task_as_json() {
    var form =
        """
        --x
        Content-Disposition: form-data; name="model"

        sora-2
        --x
        Content-Disposition: form-data; name="prompt"

        a cat
        --x
        Content-Disposition: form-data; name="video_config[duration]"

        10
        --x
        Content-Disposition: form-data

        lost
        --x--
        """;

    var reply = kit.post(ApiKit.CREATE, form, "Content-Type", "multipart/form-data; boundary=x");

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    var request = kit.task(ApiKit.taskId(ApiKit.json(reply).path("id").asString())).request();
    assertThat(request.prompt()).isEqualTo("a cat");
    assertThat(request.shape().seconds()).isEqualTo(10);
    assertThat(request.extras().warnings())
        .containsExactly("Part 4 of the form has no name and was ignored.");
  }

  @Test
  void a_form_without_its_boundary_is_refused_and_holds_nothing() {
    var reply = kit.post(ApiKit.CREATE, "x", "Content-Type", "multipart/form-data; boundary=x");

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(ApiKit.code(reply)).isEqualTo("invalid_form");
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.FRESH);
  }

  @Test
  void json_is_read_whatever_the_type_says() {
    var reply =
        kit.post(ApiKit.CREATE, ApiKit.CAT, "Content-Type", "application/x-www-form-urlencoded");

    assertThat(reply.statusCode()).isEqualTo(200);
  }

  @Test
  void a_full_disk_refuses_before_anything_is_held() {
    kit.files.fill();

    var reply = kit.post(ApiKit.CREATE, ApiKit.CAT);

    assertThat(reply.statusCode()).isEqualTo(507);
    assertThat(ApiKit.code(reply)).isEqualTo("storage_full");
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.FRESH);
  }

  @Test
  void a_full_backlog_refuses_before_anything_is_held_and_says_when_to_come_back() {
    var first = kit.post(ApiKit.CREATE, ApiKit.CAT, "Idempotency-Key", "k1");
    kit.full = Optional.of(new Admission.Full(20_000, true, Duration.ofMillis(2_500)));

    var refused = kit.post(ApiKit.CREATE, ApiKit.CAT, "Idempotency-Key", "k2");
    var repeated = kit.post(ApiKit.CREATE, ApiKit.CAT, "Idempotency-Key", "k1");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(ApiKit.code(refused)).isEqualTo("backlog_full");
    assertThat(refused.headers().firstValue("retry-after")).contains("3");
    assertThat(ApiKit.json(refused).path("error").path("param").asString()).isEqualTo("model");
    assertThat(ApiKit.json(refused).path("error").path("limit").asString()).isEqualTo("20000");
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.balance("4.50", "0.50"));
    assertThat(repeated.statusCode()).isEqualTo(200);
    assertThat(repeated.body()).isEqualTo(first.body());
  }

  @Test
  void a_backlog_that_is_full_in_all_blames_no_model() {
    kit.full = Optional.of(new Admission.Full(100_000, false, Duration.ofMinutes(1)));

    var refused = kit.post(ApiKit.CREATE, ApiKit.CAT, "Accept-Language", "zh-CN");

    assertThat(ApiKit.code(refused)).isEqualTo("backlog_full");
    assertThat(ApiKit.json(refused).path("error").path("param").isNull()).isTrue();
    assertThat(ApiKit.json(refused).path("error").path("message").asString()).contains("排队");
    assertThat(refused.headers().firstValue("retry-after")).contains("60");
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.FRESH);
  }

  @Test
  void a_low_balance_says_what_is_needed_and_what_there_is() {
    kit.addKey(
        "poor-key-with-twenty-characters",
        Money.parse("0.3"),
        Optional.empty(),
        OptionalInt.empty());

    var reply = kit.postAs("poor-key-with-twenty-characters", ApiKit.CREATE, ApiKit.CAT);

    var error = ApiKit.json(reply).path("error");
    assertThat(reply.statusCode()).isEqualTo(402);
    assertThat(error.path("code").asString()).isEqualTo("insufficient_balance");
    assertThat(error.path("needed").asString()).isEqualTo("0.50");
    assertThat(error.path("available").asString()).isEqualTo("0.30");
    assertThat(error.path("message").asString()).contains("0.50 USD").contains("0.30 USD");
    assertThat(error.path("message_zh").asString()).contains("0.50 USD").contains("0.30 USD");
  }

  @Test
  void a_low_balance_is_403_where_the_operator_wants_it_as_new_api_has_it() {
    kit.close();
    kit = new ApiKit(true);
    kit.addKey(
        "poor-key-with-twenty-characters", Money.ZERO, Optional.empty(), OptionalInt.empty());

    assertThat(
            kit.postAs("poor-key-with-twenty-characters", ApiKit.CREATE, ApiKit.CAT).statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_key_limit_and_an_open_task_limit_refuse_with_their_codes() {
    var limit = Optional.of(Money.parse("0.4"));
    kit.addKeyOf(
        kit.tenant, "limited-key-of-20-characters", limit, OptionalInt.empty(), Optional.empty());
    kit.addKeyOf(
        kit.tenant,
        "single-key-of-20-characters",
        Optional.empty(),
        OptionalInt.of(1),
        Optional.empty());

    var limited = kit.postAs("limited-key-of-20-characters", ApiKit.CREATE, ApiKit.CAT);
    kit.postAs("single-key-of-20-characters", ApiKit.CREATE, ApiKit.CAT);
    var second = kit.postAs("single-key-of-20-characters", ApiKit.CREATE, ApiKit.CAT);

    assertThat(limited.statusCode()).isEqualTo(402);
    assertThat(ApiKit.code(limited)).isEqualTo("key_spend_limit");
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(ApiKit.code(second)).isEqualTo("open_task_limit");
    assertThat(second.headers().firstValue("retry-after")).isPresent();
  }

  @Test
  void a_key_that_is_out_of_money_still_reads_the_tasks_of_its_tenant() {
    var id = kit.create(ApiKit.CAT);
    var nothing = Optional.of(Money.ZERO);
    kit.addKeyOf(
        kit.tenant, "spent-key-with-20-characters", nothing, OptionalInt.empty(), Optional.empty());

    var reply = kit.getAs("spent-key-with-20-characters", "/v1/video/query?id=" + id);

    assertThat(reply.statusCode()).isEqualTo(200);
  }

  @Test
  void a_repeat_gives_the_same_bytes_and_says_so() {
    var first = kit.post(ApiKit.CREATE, ApiKit.CAT, "Idempotency-Key", "k1");
    kit.clock.move(Duration.ofMinutes(1));
    var again =
        kit.post(
            ApiKit.CREATE,
            "{ 'duration':10,'prompt':'a cat','model':'sora-2' }",
            "Idempotency-Key",
            "k1");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("idempotent-replayed")).contains("true");
    assertThat(first.headers().firstValue("idempotent-replayed")).isEmpty();
    assertThat(kit.store.openTasks(kit.tenant)).isEqualTo(1);
  }

  @Test
  void a_repeat_is_answered_like_the_first_even_when_the_model_is_gone_and_the_disk_full() {
    var first = kit.post(ApiKit.CREATE, ApiKit.CAT, "Idempotency-Key", "k1");
    kit.catalogue = Catalogue.EMPTY;
    kit.files.fill();

    var again = kit.post(ApiKit.CREATE, ApiKit.CAT, "Idempotency-Key", "k1");
    var other = kit.post(ApiKit.CREATE, ApiKit.CAT, "Idempotency-Key", "k2");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(other.statusCode()).isEqualTo(404);
  }

  @Test
  void the_same_key_with_another_body_is_422() {
    kit.post(ApiKit.CREATE, ApiKit.CAT, "Idempotency-Key", "k1");

    var other = kit.post(ApiKit.CREATE, ApiKit.CAT.replace("cat", "dog"), "Idempotency-Key", "k1");

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(ApiKit.code(other)).isEqualTo("idempotency_mismatch");
  }

  @Test
  void an_idempotency_key_has_its_bounds() {
    var reply = kit.post(ApiKit.CREATE, ApiKit.CAT, "Idempotency-Key", "k".repeat(256));

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(ApiKit.json(reply).path("error").path("param").asString())
        .isEqualTo("Idempotency-Key");
  }
}
