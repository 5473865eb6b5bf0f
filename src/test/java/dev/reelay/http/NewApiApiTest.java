package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.Catalogue;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.TaskEvent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** new-api's video routes and its price list over HTTP. */
class NewApiApiTest {
  private static final String ROUTE = "/v1/video/generations";

  private final ApiKit kit = new ApiKit();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_create_takes_pixels_and_what_new_api_has_in_its_metadata() {
    var reply =
        kit.post(
            ROUTE,
            "{'model':'sora-2','prompt':'a fox','duration':10.0,'width':720,'height':1280,"
                + "'metadata':{'negative_prompt':'rain'}}");

    var task = kit.task(ApiKit.taskId(ApiKit.json(reply).path("task_id").asString()));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(ApiKit.json(reply).path("task_id").asString()).isEqualTo(task.id().prefixed());
    assertThat(ApiKit.json(reply).path("status").asString()).isEqualTo("queued");
    assertThat(task.request().form().dialect()).isEqualTo("newapi");
    assertThat(task.request().shape().seconds()).isEqualTo(10);
    assertThat(task.request().shape().height()).isEqualTo(1280);
    assertThat(task.request().options()).containsEntry("negative_prompt", "rain");
  }

  @Test
  void sizes_of_zero_leave_the_size_to_the_model() {
    var reply = kit.post(ROUTE, "{'model':'sora-2','prompt':'a fox','width':0,'height':0}");

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    var task = kit.task(ApiKit.taskId(ApiKit.json(reply).path("task_id").asString()));
    assertThat(task.request().extras().warnings()).isEmpty();
  }

  @Test
  void a_task_goes_from_queued_to_a_url_in_new_apis_envelope() {
    var id = id("{'model':'sora-2','prompt':'like https://a.example/v.mp4','duration':10}");
    var queued = kit.get(ROUTE + "/" + id);
    kit.finish(id, "0.50", folder);
    var done = kit.get(ROUTE + "/" + id);

    assertThat(ApiKit.json(queued).path("code").asString()).isEqualTo("success");
    assertThat(data(queued).path("status").asString()).isEqualTo("queued");
    assertThat(data(queued).path("url").isNull()).isTrue();
    assertThat(queued.body()).doesNotContain("http");
    assertThat(data(done).path("task_id").asString()).isEqualTo(id);
    assertThat(data(done).path("status").asString()).isEqualTo("succeeded");
    assertThat(data(done).path("progress").asString()).isEqualTo("100%");
    assertThat(data(done).path("url").asString()).startsWith(kit.baseUrl() + "/files/");
    assertThat(data(done).path("format").asString()).isEqualTo("mp4");
    assertThat(data(done).path("metadata").path("duration").asInt()).isEqualTo(10);
    assertThat(data(done).path("error").isNull()).isTrue();
  }

  @Test
  void a_failed_task_says_why_in_both_places_that_programs_read() {
    var id = id("{'model':'sora-2','prompt':'a fox'}");
    kit.run(ApiKit.taskId(id));
    kit.advance.apply(
        ApiKit.taskId(id),
        new TaskEvent.UpstreamFailed(new Failure(ErrorCode.CONTENT_REFUSED, "a known face")));

    var data = data(kit.get(ROUTE + "/" + id));

    assertThat(data.path("status").asString()).isEqualTo("failed");
    assertThat(data.path("fail_reason").asString()).isEqualTo("a known face");
    assertThat(data.path("error").path("message").asString()).isEqualTo("a known face");
    assertThat(data.path("error").path("code").asInt()).isEqualTo(400);
    assertThat(data.path("error_code").asString()).isEqualTo("content_refused");
  }

  @Test
  void errors_have_code_message_and_no_data_at_the_top() {
    var unknown = kit.get(ROUTE + "/task_01k6x15vhrff09dkkqjrzwhm60");
    var wrong = kit.post(ROUTE, "{'model':'sora-9','prompt':'x'}");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(ApiKit.code(unknown)).isEqualTo("task_not_found");
    assertThat(ApiKit.json(unknown).path("data").isNull()).isTrue();
    assertThat(ApiKit.json(unknown).path("message").asString()).isNotEmpty();
    assertThat(ApiKit.code(wrong)).isEqualTo("model_not_found");
    assertThat(ApiKit.json(wrong).path("error").path("message").asString()).contains("sora-9");
  }

  @Test
  void a_repeat_with_its_key_is_the_first_answer() {
    var body = "{'model':'sora-2','prompt':'a fox'}";

    var first = kit.post(ROUTE, body, "Idempotency-Key", "one");
    var again = kit.post(ROUTE, body, "Idempotency-Key", "one");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(kit.listed("")).hasSize(1);
  }

  @Test
  void the_price_list_is_public_and_says_routes_prices_and_limits() {
    var list = ApiKit.json(kit.getAs("", "/api/pricing"));

    var models = new ArrayList<String>();
    list.path("data").forEach(model -> models.add(model.path("model_name").asString()));
    assertThat(models).contains("sora-2", "sora-2-pro", "sandbox-video", "veo3-fast").isSorted();
    var sora = model(list, "sora-2");
    assertThat(sora.path("supported_endpoint_types").toString())
        .contains("unified-video", "视频统一格式", "openai-video");
    // 4 seconds, the model's default, at 0.05 each.
    assertThat(sora.path("model_price").decimalValue().toPlainString()).startsWith("0.2");
    assertThat(sora.path("price").path("kind").asString()).isEqualTo("per_second");
    assertThat(sora.path("price").path("rates").path(0).path("amount").asString())
        .startsWith("0.05");
    assertThat(model(list, "veo3-fast").path("served_model").asString()).isEqualTo("veo3.1-fast");
    assertThat(list.path("group_ratio").path("default").asInt()).isEqualTo(1);
    assertThat(list.path("plans").path(0).path("name").asString()).isEqualTo("default");
    assertThat(list.path("plans").path(0).path("open_tasks_max").isNull()).isTrue();
    assertThat(list.path("supported_endpoint").path("openai-video").path("path").asString())
        .isEqualTo("/v1/videos");
  }

  @Test
  void a_key_is_told_its_own_factor_and_nobody_else_is() {
    kit.putFactor(ApiKit.KEY, 900_000);

    var own = ApiKit.json(kit.get("/api/pricing"));
    var strangers = ApiKit.json(kit.getAs("", "/api/pricing"));
    var wrong = kit.getAs("sk-nobody-has-this-one", "/api/pricing");

    assertThat(own.path("own").path("plan").asString()).isEqualTo("default");
    assertThat(own.path("own").path("factor").decimalValue().toPlainString()).startsWith("0.9");
    assertThat(own.path("data")).isEqualTo(strangers.path("data"));
    assertThat(strangers.has("own")).isFalse();
    assertThat(wrong.statusCode()).isEqualTo(200);
    assertThat(ApiKit.json(wrong).has("own")).isFalse();
  }

  @Test
  void a_model_that_nobody_serves_is_not_in_the_price_list() {
    kit.catalogue =
        new Catalogue(
            kit.catalogue.models(), kit.catalogue.aliases(), kit.catalogue.prices(), List.of());

    assertThat(ApiKit.json(kit.getAs("", "/api/pricing")).path("data")).isEmpty();
  }

  @Test
  void an_address_may_ask_for_the_price_list_only_so_often() {
    for (int n = 0; n < StrangerLimits.PER_MINUTE; n++) {
      assertThat(kit.getAs("", "/api/pricing").statusCode()).isEqualTo(200);
    }

    assertThat(kit.getAs("", "/api/pricing").statusCode()).isEqualTo(429);
    kit.clock.move(Duration.ofMinutes(1));
    assertThat(kit.getAs("", "/api/pricing").statusCode()).isEqualTo(200);
  }

  private String id(String body) {
    var reply = kit.post(ROUTE, body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return ApiKit.json(reply).path("task_id").asString();
  }

  private static JsonNode data(HttpResponse<String> reply) {
    return ApiKit.json(reply).path("data");
  }

  private static JsonNode model(JsonNode list, String name) {
    for (var model : list.path("data")) {
      if (model.path("model_name").asString().equals(name)) {
        return model;
      }
    }
    throw new AssertionError("no model " + name);
  }
}
