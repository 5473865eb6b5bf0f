package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.Picture;
import dev.reelay.testkit.SamplePictures;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What OpenAI's SDK for Python puts on the wire, replayed by hand since it cannot be had here: JSON
 * where there is no file, a form where there is one, its polling helper, and its own repeats.
 */
class PythonSdkHabitsTest {
  private static final String VIDEOS = "/v1/videos";
  private static final String FOX =
      "{'prompt':'a fox','model':'sora-2','seconds':'8','size':'1280x720'}";

  private final ApiKit kit = new ApiKit();

  @TempDir Path folder;

  @AfterEach
  void close() {
    kit.close();
  }

  /** The header fields of each call, with those of this one. */
  private static String[] fields(int repeats, String... more) {
    var fields =
        new ArrayList<>(
            List.of(
                "Accept", "application/json",
                "User-Agent", "OpenAI/Python 2.0.0",
                "X-Stainless-Lang", "python",
                "X-Stainless-Package-Version", "2.0.0",
                "X-Stainless-OS", "Linux",
                "X-Stainless-Arch", "x64",
                "X-Stainless-Runtime", "CPython",
                "X-Stainless-Runtime-Version", "3.13.1",
                "X-Stainless-Async", "false",
                "x-stainless-retry-count", String.valueOf(repeats),
                "x-stainless-read-timeout", "600"));
    fields.addAll(List.of(more));
    return fields.toArray(String[]::new);
  }

  private HttpResponse<String> create(int repeats, String... more) {
    var all = new ArrayList<>(List.of(fields(repeats, more)));
    all.addAll(List.of("Content-Type", "application/json"));
    return kit.post(VIDEOS, FOX, all.toArray(String[]::new));
  }

  private HttpResponse<String> poll(String id) {
    var helper = fields(0, "X-Stainless-Poll-Helper", "true");
    return kit.get(VIDEOS + "/" + id, helper);
  }

  private static String id(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return ApiKit.json(reply).path("id").asString();
  }

  private static String field(HttpResponse<String> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  @Test
  void the_polling_helper_is_told_when_to_come_back_until_the_end() {
    var created = create(0);
    var id = id(created);
    var waiting = poll(id);
    kit.run(ApiKit.taskId(id));
    var running = poll(id);
    kit.fail(ApiKit.taskId(id));
    var failed = poll(id);

    assertThat(field(created, "openai-poll-after-ms")).isEqualTo("1000");
    assertThat(field(waiting, "openai-poll-after-ms")).matches("[1-9][0-9]{2,4}");
    assertThat(field(running, "openai-poll-after-ms")).matches("[1-9][0-9]{2,4}");
    assertThat(field(failed, "openai-poll-after-ms")).isEmpty();
    assertThat(ApiKit.json(waiting).path("status").asString()).isEqualTo("queued");
    assertThat(ApiKit.json(running).path("status").asString()).isEqualTo("in_progress");
    // The helper ends on these two words and no other.
    assertThat(ApiKit.json(failed).path("status").asString()).isEqualTo("failed");
  }

  @Test
  void an_interval_of_the_callers_own_changes_nothing_in_the_answer() {
    var id = id(create(0));

    var reply =
        kit.get(
            VIDEOS + "/" + id,
            fields(
                0, "X-Stainless-Poll-Helper", "true", "X-Stainless-Custom-Poll-Interval", "250"));

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(poll(id).body());
  }

  @Test
  void a_repeat_of_the_sdk_without_a_key_is_another_video_and_with_one_the_same() {
    var first = create(0);
    var again = create(1);
    var keyed = create(0, "Idempotency-Key", "stainless-python-retry-1");
    var keyedAgain = create(1, "Idempotency-Key", "stainless-python-retry-1");

    assertThat(id(again)).isNotEqualTo(id(first));
    assertThat(id(keyedAgain)).isEqualTo(id(keyed));
  }

  @Test
  void a_create_whose_answer_got_lost_is_not_repeated_by_the_sdk_unless_it_is_harmless() {
    kit.losesAnswers = true;

    var lost = create(0);
    var keyed = create(0, "Idempotency-Key", "one");

    assertThat(lost.statusCode()).isEqualTo(503);
    assertThat(field(lost, "x-should-retry")).isEqualTo("false");
    assertThat(keyed.statusCode()).isEqualTo(503);
    assertThat(field(keyed, "x-should-retry")).isNotEqualTo("false");
    kit.losesAnswers = false;
    assertThat(field(create(1, "Idempotency-Key", "one"), "idempotent-replayed")).isEqualTo("true");
  }

  @Test
  void a_picture_comes_as_a_file_with_a_name_and_a_type_or_without_either() {
    var named = form("; filename=\"fox.png\"", "image/png");
    var bare = form("", "application/octet-stream");

    for (var body : List.of(named, bare)) {
      var headers = fields(0, "Content-Type", "multipart/form-data; boundary=python");
      var request = kit.request(VIDEOS, ApiKit.KEY, headers);
      var reply = kit.send(request.POST(BodyPublishers.ofByteArray(body)));
      var pictures = kit.task(ApiKit.taskId(id(reply))).request().images();

      assertThat(pictures).singleElement().isInstanceOf(Picture.Stored.class);
    }
  }

  private static byte[] form(String name, String type) {
    var out = new ByteArrayOutputStream();
    for (var field : List.of("prompt=a fox", "model=sora-2", "seconds=8", "size=1280x720")) {
      var parts = field.split("=", 2);
      line(out, "--python");
      line(out, "Content-Disposition: form-data; name=\"" + parts[0] + "\"");
      line(out, "");
      line(out, parts[1]);
    }
    line(out, "--python");
    line(out, "Content-Disposition: form-data; name=\"input_reference\"" + name);
    line(out, "Content-Type: " + type);
    line(out, "");
    out.writeBytes(SamplePictures.png(1280, 720));
    line(out, "");
    line(out, "--python--");
    return out.toByteArray();
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void content_is_asked_for_as_binary_and_is_the_file() {
    var id = id(create(0));
    kit.finish(id, "0.40", folder);

    var reply = kit.get(VIDEOS + "/" + id + "/content", fields(0, "Accept", "application/binary"));

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(field(reply, "content-type")).isEqualTo("video/mp4");
    assertThat(reply.body()).isEqualTo("0123456789");
  }
}
