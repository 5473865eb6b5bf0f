package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.Money;
import dev.reelay.routing.Catalogue;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Picture;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** OpenAI's Videos API over HTTP, by the habits of its SDKs. */
class OpenAiApiTest {
  private static final String VIDEOS = "/v1/videos";
  private static final String FOX = "{'model':'sora-2','prompt':'a fox','seconds':'8'}";

  private final ApiKit kit = new ApiKit();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_create_answers_with_every_member_that_strict_programs_need() {
    var reply =
        kit.post(VIDEOS, "{'model':'sora-2','prompt':'a fox','seconds':'8','size':'720x1280'}");

    var video = ApiKit.json(reply);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(video.path("id").asString()).matches("video_[0-7][0-9a-z]{25}");
    assertThat(video.path("object").asString()).isEqualTo("video");
    assertThat(video.path("model").asString()).isEqualTo("sora-2");
    assertThat(video.path("status").asString()).isEqualTo("queued");
    assertThat(video.path("progress").isInt()).isTrue();
    assertThat(video.path("created_at").asLong()).isEqualTo(kit.clock.instant().getEpochSecond());
    assertThat(video.path("seconds").isString()).isTrue();
    assertThat(video.path("seconds").asString()).isEqualTo("8");
    assertThat(video.path("size").asString()).isEqualTo("720x1280");
    assertThat(video.path("prompt").asString()).isEqualTo("a fox");
    for (var name : List.of("completed_at", "expires_at", "error", "remixed_from_video_id")) {
      assertThat(video.has(name)).as(name).isTrue();
      assertThat(video.path(name).isNull()).as(name).isTrue();
    }
    assertThat(reply.headers().firstValue("openai-poll-after-ms")).contains("1000");
    var task = kit.task(ApiKit.taskId(video.path("id").asString()));
    assertThat(task.request().form().dialect()).isEqualTo("openai");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"seconds\":12', 12, 1280x720",
    "'\"seconds\":\"12\",\"size\":\"16x9\"', 12, 1280x720",
    "'\"size\":\"9:16\"', 4, 720x1280",
    "'\"size\":\"1280x720\"', 4, 1280x720",
    "'\"seconds\":\"\",\"size\":\"\",\"callback_url\":\"\",\"metadata\":\"\"', 4, 1280x720"
  })
  void seconds_and_sizes_come_in_many_spellings(String fields, String seconds, String size) {
    var video = created("{\"model\":\"sora-2\",\"prompt\":\"a fox\"," + fields + "}");

    assertThat(video.path("seconds").asString()).isEqualTo(seconds);
    assertThat(video.path("size").asString()).isEqualTo(size);
  }

  @Test
  void a_form_without_a_model_and_with_a_nested_picture_is_read() {
    var form =
        """
        --b\r
        Content-Disposition: form-data; name="prompt"\r
        Content-Type: text/plain; charset=utf-8\r
        \r
        a fox\r
        --b\r
        Content-Disposition: form-data; name="input_reference[image_url]"\r
        \r
        https://pictures.example/fox.png\r
        --b\r
        Content-Disposition: form-data; name="seconds"\r
        \r
        8\r
        --b--\r
        """;
    var request =
        kit.request(VIDEOS, ApiKit.KEY, "Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofString(form));

    var reply = kit.send(request);

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    var task = kit.task(ApiKit.taskId(ApiKit.json(reply).path("id").asString()));
    assertThat(task.request().form().requested().value()).isEqualTo("sora-2");
    assertThat(task.request().images())
        .containsExactly(new Picture.Web("https://pictures.example/fox.png"));
    assertThat(task.request().shape().seconds()).isEqualTo(8);
  }

  @Test
  void a_repeat_with_its_key_is_the_first_answer_and_starts_nothing() {
    var first = kit.post(VIDEOS, FOX, "Idempotency-Key", "one");
    kit.clock.move(Duration.ofMinutes(1));
    var again = kit.post(VIDEOS, FOX, "Idempotency-Key", "one");
    var other = kit.post(VIDEOS, FOX.replace("fox", "cat"), "Idempotency-Key", "one");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("idempotent-replayed")).contains("true");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(ids(kit.get(VIDEOS))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"task_%s", "video_%s", "sora-2:task_%s", "sora-2%%3Atask_%s"})
  void a_video_is_found_by_any_form_of_its_id_which_is_given_back(String form) {
    var asked = form.formatted(ApiKit.bare(kit.create(ApiKit.CAT)));

    var video = ApiKit.json(kit.get(VIDEOS + "/" + asked));

    assertThat(video.path("id").asString()).isEqualTo(asked.replace("%3A", ":"));
    assertThat(video.path("status").asString()).isEqualTo("queued");
  }

  @Test
  void a_task_of_one_format_is_read_in_all_others_in_their_own_words() {
    var id = id(FOX);
    kit.run(ApiKit.taskId(id));

    assertThat(kit.query(id).path("status").asString()).isEqualTo("processing");
    assertThat(kit.query(id).path("id").asString()).isEqualTo(id);
    assertThat(video(id).path("status").asString()).isEqualTo("in_progress");
    var data = ApiKit.json(kit.get("/v1/video/generations/" + id)).path("data");
    assertThat(data.path("status").asString()).isEqualTo("processing");
  }

  @Test
  void an_open_video_says_when_to_come_back_and_holds_no_url() {
    var id = id("{'model':'sora-2','prompt':'like https://a.example/v.mp4'}");
    kit.run(ApiKit.taskId(id));

    var reply = kit.get(VIDEOS + "/" + id);

    assertThat(reply.body()).doesNotContain("http");
    assertThat(reply.headers().firstValue("openai-poll-after-ms")).contains("3000");
    var tag = reply.headers().firstValue("etag").orElseThrow();
    assertThat(kit.get(VIDEOS + "/" + id, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void a_finished_video_gives_its_bytes_by_ranges_and_ends_with_410() {
    var id = id("{'model':'sora-2','prompt':'a fox','seconds':'10'}");
    var asset = kit.finish(id, "0.50", folder);
    var content = VIDEOS + "/" + id + "/content";

    var video = video(id);
    assertThat(video.path("status").asString()).isEqualTo("completed");
    assertThat(video.path("progress").asInt()).isEqualTo(100);
    assertThat(video.path("completed_at").asLong()).isPositive();
    assertThat(video.path("expires_at").asLong()).isEqualTo(asset.expiresAt().getEpochSecond());
    assertThat(video.path("video_url").asString()).startsWith(kit.baseUrl() + "/files/");
    var whole = kit.get(content, "Accept", "application/binary");
    assertThat(whole.body()).isEqualTo("0123456789");
    assertThat(whole.headers().firstValue("content-type")).contains("video/mp4");
    assertThat(whole.headers().firstValue("etag")).isPresent();
    var part = kit.get(content + "?variant=video", "Range", "bytes=2-4");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("234");
    var head = kit.send(kit.request(content, ApiKit.KEY).HEAD());
    assertThat(head.headers().firstValue("content-length")).contains("10");
    kit.clock.move(Duration.ofDays(7));
    assertThat(error(kit.get(content), 410)).isEqualTo("result_expired");
  }

  @Test
  void content_that_is_not_there_says_why() {
    var open = id(FOX);
    var failed = id(FOX);
    kit.run(ApiKit.taskId(failed));
    kit.advance.apply(
        ApiKit.taskId(failed),
        new TaskEvent.UpstreamFailed(new Failure(ErrorCode.CONTENT_REFUSED, "a known face")));
    var done = id("{'model':'sora-2','prompt':'a fox','seconds':'10'}");
    kit.finish(done, "0.50", folder);

    var early = content(open, "video");
    assertThat(error(early, 409)).isEqualTo("video_not_ready");
    assertThat(early.headers().firstValue("retry-after")).isPresent();
    var never = content(failed, "video");
    assertThat(error(never, 409)).isEqualTo("video_failed");
    assertThat(never.body()).contains("a known face", "content_refused");
    assertThat(never.headers().firstValue("x-should-retry")).contains("false");
    assertThat(error(content(done, "thumbnail"), 404)).isEqualTo("thumbnail_unavailable");
    assertThat(error(content(done, "spritesheet"), 404)).isEqualTo("spritesheet_unavailable");
    assertThat(error(content(done, "poster"), 400)).isEqualTo("invalid_field");
    assertThat(error(content("video_01k6x15vhrff09dkkqjrzwhm60", "video"), 404))
        .isEqualTo("task_not_found");
  }

  @Test
  void a_thumbnail_that_was_made_of_the_video_is_given() {
    var done = id("{'model':'sora-2','prompt':'a fox','seconds':'10'}");
    kit.poster = Optional.of(kit.finish(done, "0.50", folder));

    assertThat(content(done, "thumbnail").body()).isEqualTo("0123456789");
  }

  @Test
  void a_refused_and_a_canceled_task_are_failed_with_a_code() {
    var refused = id(FOX);
    kit.run(ApiKit.taskId(refused));
    kit.advance.apply(
        ApiKit.taskId(refused),
        new TaskEvent.UpstreamFailed(new Failure(ErrorCode.CONTENT_REFUSED, "a known face")));
    var canceled = id(FOX);
    kit.post("/v1/video/cancel", "{'id':'" + canceled + "'}");

    assertThat(video(refused).path("status").asString()).isEqualTo("failed");
    assertThat(video(refused).path("error").path("code").asString())
        .isEqualTo("moderation_blocked");
    assertThat(video(refused).path("error").path("message").asString()).isEqualTo("a known face");
    assertThat(video(refused).path("completed_at").isNull()).isTrue();
    assertThat(video(canceled).path("status").asString()).isEqualTo("failed");
    assertThat(video(canceled).path("error").path("code").asString()).isEqualTo("canceled");
  }

  @Test
  void a_list_is_read_to_its_end_page_by_page_in_both_orders() {
    var made = IntStream.range(0, 5).mapToObj(_ -> idLater()).toList();

    var first = ApiKit.json(kit.get(VIDEOS + "?limit=2"));
    var second =
        ApiKit.json(kit.get(VIDEOS + "?limit=2&after=" + first.path("last_id").asString()));
    var last = ApiKit.json(kit.get(VIDEOS + "?limit=2&after=" + second.path("last_id").asString()));
    assertThat(ApiKit.idsOf(first)).containsExactly(made.get(4), made.get(3));
    assertThat(ApiKit.idsOf(second)).containsExactly(made.get(2), made.get(1));
    assertThat(ApiKit.idsOf(last)).containsExactly(made.get(0));
    assertThat(first.path("first_id").asString()).isEqualTo(made.get(4));
    assertThat(first.path("has_more").asBoolean()).isTrue();
    assertThat(last.path("has_more").asBoolean()).isFalse();
    var oldest = ApiKit.json(kit.get(VIDEOS + "?order=asc&limit=3&after=" + made.get(1)));
    assertThat(ApiKit.idsOf(oldest)).containsExactly(made.get(2), made.get(3), made.get(4));
    assertThat(ids(kit.getAs(ApiKit.OTHER_KEY, VIDEOS))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"limit=0, limit", "limit=101, limit", "order=up, order", "after=me, after"})
  void a_list_asked_for_wrongly_names_the_parameter(String query, String param) {
    var reply = kit.get(VIDEOS + "?" + query);

    assertThat(error(reply, 400)).isEqualTo("invalid_field");
    assertThat(ApiKit.json(reply).path("error").path("param").asString()).isEqualTo(param);
  }

  @Test
  void a_deleted_video_is_gone_in_every_format_and_its_money_comes_back() {
    var id = id(FOX);
    var before = kit.store.balance(kit.tenant);

    var reply = kit.send(kit.request(VIDEOS + "/" + id, ApiKit.KEY).DELETE());

    assertThat(ApiKit.json(reply).path("id").asString()).isEqualTo(id);
    assertThat(ApiKit.json(reply).path("object").asString()).isEqualTo("video.deleted");
    assertThat(ApiKit.json(reply).path("deleted").asBoolean()).isTrue();
    assertThat(kit.get(VIDEOS + "/" + id).statusCode()).isEqualTo(404);
    assertThat(kit.get("/v1/video/query?id=" + id).statusCode()).isEqualTo(404);
    assertThat(kit.get("/v1/video/generations/" + id).statusCode()).isEqualTo(404);
    assertThat(content(id, "video").statusCode()).isEqualTo(404);
    assertThat(ids(kit.get(VIDEOS))).isEmpty();
    assertThat(kit.send(kit.request(VIDEOS + "/" + id, ApiKit.KEY).DELETE()).statusCode())
        .isEqualTo(404);
    assertThat(before.held()).isEqualTo(Money.parse("0.40"));
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.FRESH);
  }

  @Test
  void a_running_video_is_deleted_at_once_and_keeps_its_money_until_the_verdict() {
    var id = id(FOX);
    kit.run(ApiKit.taskId(id));

    kit.send(kit.request(VIDEOS + "/" + id, ApiKit.KEY).DELETE());

    assertThat(kit.get(VIDEOS + "/" + id).statusCode()).isEqualTo(404);
    assertThat(kit.store.balance(kit.tenant).held()).isEqualTo(Money.parse("0.40"));
    assertThat(kit.task(ApiKit.taskId(id)).marks().cancelRequested()).isTrue();
  }

  @Test
  void a_remix_is_a_new_task_pinned_to_the_account_of_its_parent() {
    kit.canRemix = true;
    var parent = id("{'model':'sora-2-all','prompt':'a fox','seconds':'10','size':'720x1280'}");
    kit.finish(parent, "0.50", folder);

    var reply = kit.post(VIDEOS + "/" + parent + "/remix", "{'prompt':'in snow'}");

    var remix = ApiKit.json(reply);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(remix.path("remixed_from_video_id").asString()).isEqualTo(parent);
    assertThat(remix.path("prompt").asString()).isEqualTo("in snow");
    assertThat(remix.path("model").asString()).isEqualTo("sora-2-all");
    assertThat(remix.path("seconds").asString()).isEqualTo("10");
    assertThat(remix.path("size").asString()).isEqualTo("720x1280");
    var task = kit.task(ApiKit.taskId(remix.path("id").asString()));
    var pinned = task.request().extras().parent().orElseThrow();
    assertThat(pinned.channel().value()).isEqualTo(1);
    assertThat(pinned.upstreamId()).isEqualTo("up-" + ApiKit.bare(parent));
    assertThat(task.request().served()).isEqualTo(pinned.served());
    assertThat(task.state()).isInstanceOf(TaskState.Queued.class);
  }

  @Test
  void a_repeated_remix_is_the_first_answer_even_after_its_parent_was_deleted() {
    kit.canRemix = true;
    var parent = id("{'model':'sora-2-all','prompt':'a fox','seconds':'10','size':'720x1280'}");
    kit.finish(parent, "0.50", folder);
    var remix = VIDEOS + "/" + parent + "/remix";
    var first = kit.post(remix, "{'prompt':'in snow'}", "Idempotency-Key", "one");
    kit.send(kit.request(VIDEOS + "/" + parent, ApiKit.KEY).DELETE());

    var again = kit.post(remix, "{'prompt':'in snow'}", "Idempotency-Key", "one");
    var other = kit.post(remix, "{'prompt':'in rain'}", "Idempotency-Key", "two");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("idempotent-replayed")).contains("true");
    assertThat(other.statusCode()).isEqualTo(404);
  }

  @Test
  void what_cannot_be_remixed_is_never_replaced_by_another_video() {
    var open = id(FOX);
    var done = id("{'model':'sora-2','prompt':'a fox','seconds':'10'}");
    kit.finish(done, "0.50", folder);
    var held = kit.store.balance(kit.tenant).held();

    var notYet = kit.post(VIDEOS + "/" + open + "/remix", "{'prompt':'in snow'}");
    var never = kit.post(VIDEOS + "/" + done + "/remix", "{'prompt':'in snow'}");
    kit.canRemix = true;
    var blank = kit.post(VIDEOS + "/" + done + "/remix", "{}");
    kit.catalogue =
        new Catalogue(
            kit.catalogue.models(), kit.catalogue.aliases(), kit.catalogue.prices(), List.of());
    var gone = kit.post(VIDEOS + "/" + done + "/remix", "{'prompt':'in snow'}");

    assertThat(error(notYet, 409)).isEqualTo("video_not_ready");
    assertThat(error(never, 400)).isEqualTo("operation_not_supported");
    assertThat(error(blank, 400)).isEqualTo("invalid_field");
    assertThat(error(gone, 503)).isEqualTo("no_channel");
    assertThat(kit.store.balance(kit.tenant).held()).isEqualTo(held);
  }

  @Test
  void fixed_paths_win_over_ids_and_say_that_no_channel_can() {
    for (var path : List.of("/edits", "/extensions", "/characters")) {
      var reply = kit.post(VIDEOS + path, "{'prompt':'x','video':{'id':'video_1'}}");
      assertThat(error(reply, 400)).as(path).isEqualTo("operation_not_supported");
    }
    assertThat(error(kit.get(VIDEOS + "/characters/char_1"), 400))
        .isEqualTo("operation_not_supported");
    var character = kit.post(VIDEOS, FOX.replace("}", ",'characters':[{'id':'char_1'}]}"));
    assertThat(error(character, 400)).isEqualTo("operation_not_supported");
    assertThat(kit.post(VIDEOS, FOX.replace("}", ",'characters':[]}")).statusCode()).isEqualTo(200);
  }

  @Test
  void errors_have_openais_envelope_on_these_paths_and_nothing_beside_it() {
    var wrong = kit.post(VIDEOS, "{'model':'sora-9','prompt':'x'}");
    var key = kit.getAs("wrong", VIDEOS);
    var path = kit.post(VIDEOS + "/video_1/unknown", "{}");

    for (var reply : List.of(wrong, key, path)) {
      assertThat(ApiKit.json(reply).propertyNames()).containsExactly("error");
      assertThat(ApiKit.json(reply).path("error").propertyNames())
          .contains("message", "type", "param", "code");
    }
    assertThat(error(wrong, 404)).isEqualTo("model_not_found");
    assertThat(ApiKit.json(wrong).path("error").path("param").asString()).isEqualTo("model");
    assertThat(error(key, 401)).isEqualTo("invalid_api_key");
    assertThat(error(path, 404)).isEqualTo("route_not_found");
    assertThat(ApiKit.code(kit.get("/v1/video/query?id=x"))).isEqualTo("task_not_found");
  }

  @Test
  void a_repeat_that_could_start_a_second_job_is_stopped_and_a_harmless_one_is_not() {
    kit.isStoreAway = true;
    var create = kit.post(VIDEOS, FOX);
    var keyed = kit.post(VIDEOS, FOX, "Idempotency-Key", "one");
    var read = kit.get(VIDEOS);
    kit.isStoreAway = false;
    kit.catalogue = ApiCatalogue.of("real");

    assertThat(error(create, 503)).isEqualTo("database_unavailable");
    assertThat(create.headers().firstValue("x-should-retry")).contains("false");
    assertThat(keyed.headers().firstValue("x-should-retry")).isEmpty();
    assertThat(read.headers().firstValue("x-should-retry")).isEmpty();
  }

  private String idLater() {
    kit.clock.move(Duration.ofSeconds(1));
    return id(FOX);
  }

  private JsonNode created(String body) {
    var reply = kit.post(VIDEOS, body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return ApiKit.json(reply);
  }

  private String id(String body) {
    return created(body).path("id").asString();
  }

  private JsonNode video(String id) {
    var reply = kit.get(VIDEOS + "/" + id);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return ApiKit.json(reply);
  }

  private HttpResponse<String> content(String id, String variant) {
    return kit.get(VIDEOS + "/" + id + "/content?variant=" + variant);
  }

  private static List<String> ids(HttpResponse<String> list) {
    return ApiKit.idsOf(ApiKit.json(list));
  }

  private static String error(HttpResponse<String> reply, int status) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    return ApiKit.json(reply).path("error").path("code").asString();
  }
}
