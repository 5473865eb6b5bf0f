package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.Route;
import dev.reelay.http.helidon.HttpServer;
import dev.reelay.testkit.EdgeKit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API user's commands against a real HTTP server with scripted answers. */
class VideoCommandsTest {
  private static final String ID = "sora-2:task_01k9008g8ef1esae6388chgcpx";
  private static final String KEY = "rk_a-key-that-nobody-may-see";
  private static final int BODY_BYTES_MAX = 1 << 20;

  private final Deque<Reply> answers = new ArrayDeque<>();
  private final List<String> seen = new ArrayList<>();
  private final HttpServer server =
      EdgeKit.serve(
          Route.post("/v1/video/create", this::answer),
          Route.get("/v1/video/query", this::answer),
          Route.get("/v1/video/list", this::answer),
          Route.post("/v1/video/cancel", this::answer),
          Route.get("/files/v.mp4", this::file));

  @TempDir Path folder = Path.of("");
  private CliKit cli = CliKit.without(folder);

  @BeforeEach
  void open() {
    cli =
        CliKit.without(folder)
            .set("REELAY_URL", "http://127.0.0.1:" + server.port())
            .set("REELAY_API_KEY", KEY);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void a_create_sends_what_was_asked_and_prints_the_id() {
    answers.add(task("pending", 0));

    var ran =
        cli.run(
            "video",
            "create",
            "a cat",
            "-m",
            "sora-2",
            "--seconds",
            "5",
            "--ratio",
            "9:16",
            "--reference-video",
            "https://p.example/a.mp4",
            "--reference-audio",
            "https://p.example/a.mp3",
            "--image",
            "https://p.example/a.png",
            "--size",
            "small",
            "--idempotency-key",
            "once");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains(ID).contains("pending");
    assertThat(seen)
        .containsExactly(
            "POST /v1/video/create Bearer "
                + KEY
                + " once {\"model\":\"sora-2\",\"prompt\":\"a cat\",\"duration\":5,"
                + "\"size\":\"small\",\"aspect_ratio\":\"9:16\","
                + "\"images\":[\"https://p.example/a.png\"],"
                + "\"reference_videos\":[\"https://p.example/a.mp4\"],"
                + "\"reference_audios\":[\"https://p.example/a.mp3\"]}");
  }

  @Test
  void waiting_polls_as_the_relay_says_shows_each_news_once_and_saves_the_video()
      throws IOException {
    answers.add(task("pending", 0));
    answers.add(task("processing", 10).with(new Field(FieldName.RETRY_AFTER, "7")));
    answers.add(task("processing", 10));
    answers.add(done());

    var ran = cli.run("video", "create", "a cat", "-o", "cat.mp4");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err().lines())
        .containsExactly("task " + ID, "processing 10%", "completed after 9 s");
    assertThat(cli.pauses.getFirst()).hasSeconds(7);
    assertThat(folder.resolve("cat.mp4")).hasContent("a video");
    assertThat(ran.out()).contains("saved 7 bytes");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_failed_task_ends_with_1() {
    answers.add(failed());

    var ran = cli.run("video", "query", ID);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("failed").contains("content refused");
  }

  @Test
  void json_is_the_relays_own_document_and_nothing_beside_it() {
    answers.add(task("pending", 0));
    answers.add(done());

    var ran = cli.run("video", "create", "a cat", "--wait", "--json");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.json().path("status").asString()).isEqualTo("completed");
  }

  @Test
  void a_create_is_repeated_with_one_key_and_a_refusal_is_not() {
    answers.add(error(503, "no_channel"));
    answers.add(error(409, "idempotency_in_progress"));
    answers.add(task("pending", 0));

    assertThat(cli.run("video", "create", "a cat", "-q").out().strip()).isEqualTo(ID);
    assertThat(seen).hasSize(3);
    assertThat(seen.stream().distinct()).hasSize(1);
    assertThat(cli.pauses).hasSize(2);

    seen.clear();
    answers.add(error(402, "insufficient_balance"));
    var refused = cli.run("video", "create", "a cat");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("why insufficient_balance (HTTP 402)");
    assertThat(seen).hasSize(1);
  }

  @Test
  void a_relay_that_stays_broken_or_is_not_there_ends_with_3() {
    for (var i = 0; i < RelayClient.TRIES_MAX; i++) {
      answers.add(error(500, "internal"));
    }
    assertThat(cli.run("video", "query", ID).exit()).isEqualTo(3);
    assertThat(seen).hasSize(RelayClient.TRIES_MAX);

    server.close();
    var gone = cli.run("video", "query", ID, "--wait");
    assertThat(gone.exit()).isEqualTo(3);
    assertThat(gone.err()).contains("does not answer").contains("the task goes on");
  }

  @Test
  void ctrl_c_prints_the_id_and_leaves_the_task_alone() {
    answers.add(task("pending", 0));
    answers.add(done());

    var ran = cli.interrupting().run("video", "create", "a cat", "--wait");

    assertThat(ran.err()).contains(ID + " goes on; see it with: reelay video query " + ID);
    assertThat(seen).noneMatch(call -> call.contains("cancel"));
  }

  @Test
  void a_terminal_gets_one_line_that_is_drawn_again_and_colours_unless_told_not_to() {
    answers.add(task("processing", 50));
    answers.add(done());
    answers.add(task("processing", 50));
    answers.add(done());
    cli.atTerminal("");

    var coloured = cli.run("video", "query", ID, "--wait").err();
    assertThat(coloured).contains("\r\u001b[K[###############...............] processing 50%");
    assertThat(coloured).contains("\u001b[32mcompleted");
    assertThat(cli.set("NO_COLOR", "1").run("video", "query", ID, "--wait").err())
        .doesNotContain("\u001b[32m");
  }

  @Test
  void tasks_are_listed_and_canceled() {
    answers.add(
        json(
            200, "{\"object\":\"list\",\"data\":[" + body("pending", 0) + "],\"has_more\":false}"));
    answers.add(task("processing", 3));

    assertThat(cli.run("video", "list", "--status", "pending", "--limit", "5").out()).contains(ID);
    assertThat(cli.run("video", "cancel", ID).exit()).isZero();
    assertThat(seen.getFirst()).startsWith("GET /v1/video/list?status=pending&limit=5 ");
    assertThat(seen.getLast()).contains("POST /v1/video/cancel").contains(ID);
  }

  @Test
  void without_a_key_an_address_or_a_place_for_the_video_nothing_is_sent() {
    assertThat(cli.run("video", "create", "a cat", "-o", "no/such/cat.mp4").exit()).isEqualTo(2);
    assertThat(cli.run("video", "create", " ").exit()).isEqualTo(2);
    assertThat(cli.run("video", "query", ID, "--url", "ftp://x").exit()).isEqualTo(2);
    assertThat(cli.run("video", "query", ID, "--key-file", "none").exit()).isEqualTo(2);
    assertThat(cli.set("REELAY_API_KEY", "").run("video", "query", ID).err())
        .contains("set REELAY_API_KEY or say --key-file FILE");
    assertThat(seen).isEmpty();
  }

  @Test
  void the_key_may_come_from_a_file_and_is_never_printed() throws IOException {
    Files.writeString(folder.resolve("key"), KEY + "\n");
    answers.add(error(401, "invalid_api_key"));

    var ran = cli.set("REELAY_API_KEY", "").run("video", "query", ID, "--key-file", "key");

    assertThat(seen.getFirst()).contains("Bearer " + KEY);
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.all()).doesNotContain(KEY);
  }

  @Test
  void what_a_relay_says_cannot_move_the_cursor() {
    answers.add(json(200, "{\"id\":\"x\",\"status\":\"failed\",\"error\":\"a\\u001b[2Jb\\nc\"}"));

    assertThat(cli.run("video", "query", ID).out()).contains("a [2Jb c").doesNotContain("\u001b");
  }

  private Reply answer(Request request) {
    var query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    var body = new String(request.body(BODY_BYTES_MAX), StandardCharsets.UTF_8);
    var repeat = request.header(FieldName.IDEMPOTENCY_KEY).map(key -> key + " ").orElse("");
    seen.add(
        request.method()
            + " "
            + request.path()
            + query
            + " "
            + request.header(FieldName.AUTHORIZATION).orElse("nobody")
            + " "
            + repeat
            + body);
    return answers.removeFirst();
  }

  private Reply file(Request request) {
    var isKnown = request.header(FieldName.AUTHORIZATION).isPresent();
    return isKnown ? Reply.empty(400) : Reply.ready(200, EdgeKit.bytes("a video"));
  }

  private Reply done() {
    var url = "http://127.0.0.1:" + server.port() + "/files/v.mp4";
    return json(
        200, body("completed", 100).replace("\"video_url\":null", "\"video_url\":\"" + url + "\""));
  }

  private static Reply failed() {
    return json(200, body("failed", 10).replaceFirst("}$", ",\"error\":\"content refused\"}"));
  }

  private static Reply task(String status, int progress) {
    return json(200, body(status, progress));
  }

  private static String body(String status, int progress) {
    return "{\"id\":\"%s\",\"status\":\"%s\",\"progress\":%d,\"video_url\":null}"
        .formatted(ID, status, progress);
  }

  private static Reply error(int status, String code) {
    return json(
        status, "{\"error\":{\"message\":\"why %s\",\"code\":\"%s\"}}".formatted(code, code));
  }

  private static Reply json(int status, String body) {
    return Reply.json(status, EdgeKit.bytes(body));
  }
}
