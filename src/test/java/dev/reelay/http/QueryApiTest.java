package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.AssetId;
import dev.reelay.money.Bill;
import dev.reelay.money.Money;
import dev.reelay.task.TaskEvent;
import dev.reelay.testkit.TaskSamples;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query, result files, list and cancel over HTTP. */
class QueryApiTest {
  private final ApiKit kit = new ApiKit();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    kit.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"task_%s", "video_%s", "sora-2:task_%s", "x:y:video_%s"})
  void a_query_gives_the_id_back_in_the_form_asked_for(String form) {
    var asked = form.formatted(ApiKit.bare(kit.create(ApiKit.CAT)));

    assertThat(kit.query(asked).path("id").asString()).isEqualTo(asked);
    assertThat(kit.query(asked.replace(":", "%3A")).path("id").asString()).isEqualTo(asked);
  }

  @Test
  void unknown_foreign_and_deleted_ids_answer_alike() {
    var deleted = kit.create(ApiKit.CAT);
    var foreign =
        ApiKit.json(kit.postAs(ApiKit.OTHER_KEY, ApiKit.CREATE, ApiKit.CAT)).path("id").asString();
    kit.advance.apply(ApiKit.taskId(deleted), new TaskEvent.DeleteRequested("me"));

    var bodies = new ArrayList<String>();
    for (var id : List.of(deleted, foreign, "task_01k6x15vhrff09dkkqjrzwhm60", "nonsense")) {
      var reply = kit.get("/v1/video/query?id=" + id, "X-Request-Id", "same");
      assertThat(reply.statusCode()).isEqualTo(404);
      bodies.add(reply.body());
    }

    assertThat(Collections.frequency(bodies, bodies.getFirst())).isEqualTo(4);
    assertThat(bodies.getFirst()).contains("task_not_found");
  }

  @Test
  void a_query_without_an_id_says_what_is_missing() {
    var reply = kit.get("/v1/video/query");

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(ApiKit.json(reply).path("error").path("param").asString()).isEqualTo("id");
  }

  @Test
  void a_body_on_the_query_and_odd_spellings_of_its_path_change_nothing() {
    var id = kit.create(ApiKit.CAT);

    for (var path : List.of("//v1/video/query", "/v1/v1/video/query/", "/video/query")) {
      var request =
          kit.request(path + "?id=" + id, ApiKit.KEY, "Content-Type", "multipart/form-data")
              .method("GET", HttpRequest.BodyPublishers.ofString("{not json"));
      assertThat(kit.send(request).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void a_finished_task_gives_an_address_that_plays_by_ranges_and_ends_with_410() {
    var id = kit.create(ApiKit.CAT);
    var asset = kit.finish(id, "0.50", folder);

    var body = kit.query(id);
    var address = body.path("video_url").asString();
    var path = address.substring(kit.baseUrl().length());
    var part = kit.get(path, "Range", "bytes=2-4");
    var head = kit.send(kit.request(path, "").method("HEAD", ApiKit.noBody()));

    assertThat(address).startsWith(kit.baseUrl() + "/files/" + asset.id() + "/").endsWith(".mp4");
    assertThat(body.path("status").asString()).isEqualTo("completed");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("234");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("content-length")).contains("10");
    assertThat(head.headers().firstValue("etag")).contains('"' + asset.sha256() + '"');

    kit.clock.move(Duration.ofDays(8));
    var late = kit.get(path);
    assertThat(late.statusCode()).isEqualTo(410);
    assertThat(ApiKit.code(late)).isEqualTo("result_expired");
    assertThat(kit.query(id)).isEqualTo(body);
  }

  @Test
  void wrong_unknown_and_deleted_file_addresses_answer_the_same_404() {
    var id = kit.create(ApiKit.CAT);
    var asset = kit.finish(id, "0.50", folder);
    var good = kit.addresses.path(asset);
    var unknown = kit.asset(new AssetId("01k6x15vhrff09dkkqjrzwhm60"));

    var bodies = new ArrayList<String>();
    for (var path :
        List.of(
            "/files/" + asset.id() + "/" + "A".repeat(22) + ".mp4",
            "/files/nonsense/" + "A".repeat(22) + ".mp4",
            "/files/" + asset.id() + "/x",
            good.replace(".mp4", ".exe"),
            kit.addresses.path(unknown))) {
      var reply = kit.get(path, "X-Request-Id", "same");
      assertThat(reply.statusCode()).as(path).isEqualTo(404);
      bodies.add(reply.body());
    }
    kit.files.taskIsDeleted(asset.id());
    bodies.add(kit.get(good, "X-Request-Id", "same").body());

    assertThat(Collections.frequency(bodies, bodies.getFirst())).isEqualTo(6);
  }

  @Test
  void an_unchanged_answer_is_304_until_something_changes() {
    var id = kit.create(ApiKit.CAT);
    var first = kit.get("/v1/video/query?id=" + id);
    var tag = first.headers().firstValue("etag").orElseThrow();

    var same = kit.get("/v1/video/query?id=" + id, "If-None-Match", tag);
    var otherForm = kit.get("/v1/video/query?id=task_" + ApiKit.bare(id), "If-None-Match", tag);
    kit.run(ApiKit.taskId(id));
    var changed = kit.get("/v1/video/query?id=" + id, "If-None-Match", tag);

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(otherForm.statusCode()).isEqualTo(200);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(ApiKit.json(changed).path("status").asString()).isEqualTo("processing");
  }

  @Test
  void an_open_answer_says_when_to_come_back_and_a_final_one_does_not() {
    var id = kit.create(ApiKit.CAT);

    var open = kit.get("/v1/video/query?id=" + id);
    kit.finish(id, "0.50", folder);
    var done = kit.get("/v1/video/query?id=" + id);

    assertThat(open.headers().firstValue("retry-after")).contains("1");
    assertThat(open.headers().firstValue("openai-poll-after-ms")).contains("1000");
    assertThat(done.headers().firstValue("retry-after")).isEmpty();
  }

  @Test
  void what_no_row_knows_yet_is_shown_and_progress_never_goes_back() {
    var id = kit.create(ApiKit.CAT);
    kit.run(ApiKit.taskId(id));
    var task = kit.task(ApiKit.taskId(id));

    kit.views.progressed(task.withProgress(40));
    assertThat(kit.query(id).path("progress").asInt()).isEqualTo(40);
    kit.views.progressed(task.withProgress(30));
    kit.clock.move(Duration.ofMinutes(1));
    kit.views.invalidateAll();

    assertThat(kit.query(id).path("progress").asInt()).isEqualTo(40);
  }

  @Test
  void a_list_pages_from_the_newest_to_the_oldest_with_the_bodies_of_queries() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(kit.create(ApiKit.CAT));
      kit.clock.move(Duration.ofSeconds(1));
    }

    var first = ApiKit.json(kit.get("/v1/video/list?limit=2"));
    var second =
        ApiKit.json(kit.get("/v1/video/list?limit=3&after=" + first.path("last_id").asString()));

    assertThat(first.path("object").asString()).isEqualTo("list");
    assertThat(ApiKit.idsOf(first)).isEqualTo(ids.subList(0, 2));
    assertThat(first.path("has_more").asBoolean()).isTrue();
    assertThat(first.path("first_id").asString()).isEqualTo(ids.getFirst());
    assertThat(ApiKit.idsOf(second)).isEqualTo(ids.subList(2, 5));
    assertThat(second.path("has_more").asBoolean()).isFalse();
    assertThat(first.path("data").path(0)).isEqualTo(kit.query(ids.getFirst()));
  }

  @Test
  void no_client_of_any_format_is_told_what_a_task_cost_us() {
    var id = kit.create(ApiKit.CAT);
    var task = ApiKit.taskId(id);
    var told = Bill.ofCost(Optional.of(Money.parse("0.123457")));
    var facts = TaskSamples.made(5_000).with(told);
    kit.finish(task, new TaskEvent.Stored(TaskSamples.output(task), facts));

    assertThat(kit.task(task).marks().cost()).isPresent();
    for (var path :
        List.of(
            "/v1/video/query?id=" + id,
            "/v1/video/list",
            "/v1/videos/" + task.prefixed(),
            "/v1/videos",
            "/v1/video/generations/" + task.prefixed())) {
      var answer = kit.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).doesNotContain("123457").doesNotContain("cost");
    }
  }

  @Test
  void a_list_is_filtered_by_status_model_and_time() {
    var old = kit.create(ApiKit.CAT);
    kit.run(ApiKit.taskId(old));
    kit.clock.move(Duration.ofHours(1));
    var split = kit.clock.instant().getEpochSecond();
    var young = kit.create(ApiKit.CAT.replace("sora-2", "sandbox-video"));

    assertThat(kit.listed("status=processing")).containsExactly(old);
    assertThat(kit.listed("status=completed")).isEmpty();
    assertThat(kit.listed("model=sandbox-video")).containsExactly(young);
    assertThat(kit.listed("created_after=" + split)).containsExactly(young);
    assertThat(kit.listed("created_before=" + split)).containsExactly(old);
    assertThat(ApiKit.json(kit.getAs(ApiKit.OTHER_KEY, "/v1/video/list")).path("data").size())
        .isZero();
  }

  @Test
  void a_task_is_found_by_the_reference_of_its_caller() {
    kit.create(ApiKit.CAT);
    var ours = kit.create(ApiKit.CAT.replace("}", ",'client_reference':'order 7'}"));

    assertThat(kit.listed("client_reference=order%207")).containsExactly(ours);
    assertThat(kit.listed("client_reference=order%208")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=101, limit",
    "limit=x, limit",
    "status=done, status",
    "after=x, after",
    "created_after=-1, created_after"
  })
  void a_wrong_filter_is_refused_with_its_name(String filter, String param) {
    var reply = kit.get("/v1/video/list?" + filter);

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(ApiKit.json(reply).path("error").path("param").asString()).isEqualTo(param);
  }

  @Test
  void a_waiting_task_is_canceled_at_once_and_its_hold_released() {
    var id = kit.create(ApiKit.CAT);

    var reply = kit.post("/v1/video/cancel", "{'id':'" + id + "'}");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(ApiKit.json(reply).path("id").asString()).isEqualTo(id);
    assertThat(ApiKit.json(reply).path("status").asString()).isEqualTo("failed");
    assertThat(ApiKit.json(reply).path("error_code").asString()).isEqualTo("canceled");
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.FRESH);
  }

  @Test
  void a_cancel_that_cannot_be_is_409_with_its_reason() {
    var id = kit.create(ApiKit.CAT);
    kit.run(ApiKit.taskId(id));
    var running = kit.post("/v1/video/cancel?id=" + id, "");
    var done = kit.create(ApiKit.CAT);
    kit.post("/v1/video/cancel?id=" + done, "");
    var twice = kit.post("/v1/video/cancel?id=" + done, "");

    assertThat(running.statusCode()).isEqualTo(409);
    assertThat(ApiKit.code(running)).isEqualTo("cancel_not_supported");
    assertThat(twice.statusCode()).isEqualTo(409);
    assertThat(ApiKit.code(twice)).isEqualTo("task_final");
    assertThat(kit.post("/v1/video/cancel", "{}").statusCode()).isEqualTo(400);
    assertThat(kit.postAs(ApiKit.OTHER_KEY, "/v1/video/cancel?id=" + id, "").statusCode())
        .isEqualTo(404);
  }
}
