package dev.reelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SandboxServerTest {
  private static final String TOKEN = "019aaf0c-5c7b-7abc-8def-0123456789ab";
  private static final Instant START = Instant.ofEpochMilli(0x019aaf0c5c7bL);
  private static final int POLLS_MAX = 10_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  @TempDir Path folder;
  private SandboxServer server;

  @BeforeEach
  void start() {
    server = started();
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private SandboxServer started() {
    var settings = new SandboxServer.Settings(folder, "the-key", 2);
    return SandboxServer.start(settings, now::get, new SplittableRandom(3));
  }

  @Test
  void a_job_progresses_and_ends_with_a_playable_video_of_the_asked_form() throws Exception {
    var id = create("a cat", TOKEN).path("id").asString();
    now.set(START.plusSeconds(1));
    var working = get(id);
    now.set(START.plusSeconds(60));
    var done = settled(id);

    assertThat(working.path("status").asString()).isEqualTo("running");
    assertThat(working.path("progress").asInt()).isBetween(1, 95);
    assertThat(done.path("status").asString()).isEqualTo("succeeded");
    var file = Files.write(folder.resolve("out.bin"), bytes(done.path("video").asString()));
    assertThat(Mp4Probe.probe(file))
        .isInstanceOfSatisfying(
            ProbeResult.Playable.class,
            playable -> {
              assertThat(playable.facts().width()).isEqualTo(90);
              assertThat(playable.facts().height()).isEqualTo(160);
              assertThat(playable.facts().durationMillis()).isEqualTo(2_000);
            });
    assertThat(bytes(done.path("poster").asString())).startsWith(0xff, 0xd8, 0xff);
  }

  @Test
  void the_same_token_gives_the_same_job_even_after_a_restart() throws Exception {
    var first = create("a cat", TOKEN).path("id").asString();
    server.close();
    server = started();
    now.set(START.plusSeconds(9));
    var second = create("a cat", TOKEN).path("id").asString();

    assertThat(second).isEqualTo(first);
    assertThat(get(first).path("status").asString()).isNotEmpty();
  }

  @Test
  void scripts_decide_the_outcome() throws Exception {
    var refused = send(post("[refuse] a cat", TOKEN));
    var failing = create("[fail] a cat", TOKEN).path("id").asString();
    now.set(START.plusSeconds(30));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(get(failing).path("status").asString()).isEqualTo("failed");
    assertThat(create("[slow 3600s] a cat", TOKEN).path("status").asString()).isEqualTo("running");
  }

  @Test
  void a_canceled_job_stays_canceled_and_a_final_one_cannot_be() throws Exception {
    var id = create("[slow 600s] a cat", TOKEN).path("id").asString();
    var canceled = send(request("/v1/jobs/" + id).DELETE());
    var failed = create("[fail] x", TOKEN).path("id").asString();
    now.set(START.plusSeconds(600));

    assertThat(canceled.statusCode()).isEqualTo(200);
    assertThat(get(id).path("status").asString()).isEqualTo("canceled");
    assertThat(send(request("/v1/jobs/" + failed).DELETE()).statusCode()).isEqualTo(409);
  }

  @Test
  void a_stranger_is_refused_everywhere() throws Exception {
    var id = create("a cat", TOKEN).path("id").asString();
    var uri = server.baseUrl().resolve("/v1/jobs/" + id);
    var answer =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(send(request("/v1/jobs/sbx_nonsense").GET()).statusCode()).isEqualTo(404);
  }

  /** Rendering takes real time; each poll waits for the server, so this is bounded by polls. */
  private JsonNode settled(String id) throws Exception {
    for (var i = 0; i < POLLS_MAX; i++) {
      var job = get(id);
      if (!job.path("status").asString().equals("running")) {
        return job;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the clip was never rendered");
  }

  private JsonNode create(String prompt, String token) throws Exception {
    return json(send(post(prompt, token)));
  }

  private JsonNode get(String id) throws Exception {
    return json(send(request("/v1/jobs/" + id).GET()));
  }

  private HttpRequest.Builder post(String prompt, String token) {
    var body =
        JsonMapper.shared()
            .createObjectNode()
            .put("prompt", prompt)
            .put("width", 90)
            .put("height", 160)
            .put("seconds", 2);
    return request("/v1/jobs")
        .header("Idempotency-Key", token)
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.baseUrl().resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer the-key");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private byte[] bytes(String uri) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer the-key");
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
