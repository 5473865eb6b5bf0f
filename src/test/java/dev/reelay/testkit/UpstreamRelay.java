package dev.reelay.testkit;

import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.Route;
import dev.reelay.http.helidon.HttpServer;
import dev.reelay.media.ClipSpec;
import dev.reelay.media.SandboxVideo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider in the test's own process that speaks the unified format, makes real videos and
 * honours idempotency keys. It remembers every create that it was sent, and can keep its answers
 * back, or answer every call 500, until told otherwise.
 */
public final class UpstreamRelay implements AutoCloseable {
  private static final int SIDE_LONG_PIXELS = 854;
  private static final int SIDE_SHORT_PIXELS = 480;
  private static final byte[] CLIP =
      new SandboxVideo()
          .render(new ClipSpec(SIDE_LONG_PIXELS, SIDE_SHORT_PIXELS, 1, "", "TEST"))
          .mp4();

  private final Duration takes;
  private final Duration answersAfter;
  private final HttpServer server;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Create> creates = new ConcurrentLinkedQueue<>();
  private final AtomicReference<CountDownLatch> answers =
      new AtomicReference<>(new CountDownLatch(0));
  private volatile boolean failing;

  /** A create as it came in; {@code nanos} by {@code System.nanoTime}. */
  public record Create(String token, String prompt, long nanos) {}

  private record Job(String token, long nanos) {}

  private UpstreamRelay(Duration takes, Duration answersAfter) {
    this.takes = takes;
    this.answersAfter = answersAfter;
    this.server =
        EdgeKit.serve(
            Route.post("/v1/video/create", this::create),
            Route.get("/v1/video/query", this::query),
            Route.get(
                "/clip.mp4",
                _ -> Reply.ready(200, CLIP, new Field(FieldName.CONTENT_TYPE, "video/mp4"))));
  }

  /** Starts one whose jobs take so long, and who answers creates at once. */
  public static UpstreamRelay start(Duration takes) {
    return start(takes, Duration.ZERO);
  }

  /** Starts one whose jobs take so long, and who thinks about each create for a while. */
  public static UpstreamRelay start(Duration takes, Duration answersAfter) {
    return new UpstreamRelay(takes, answersAfter);
  }

  public int port() {
    return server.port();
  }

  /** {@code host:port}. */
  public String place() {
    return "127.0.0.1:" + port();
  }

  /** From now on creates are carried out and not answered. */
  public void keepAnswersBack() {
    answers.set(new CountDownLatch(1));
  }

  /** Sends the answers that were kept back, and those to come. */
  public void sendAnswers() {
    answers.get().countDown();
  }

  /** Whether every call is answered 500 and nothing is made. */
  public void fail(boolean all) {
    failing = all;
  }

  /** Every create that came in, repeats included, in their order. */
  public List<Create> creates() {
    return List.copyOf(creates);
  }

  /** How many jobs were made. */
  public int made() {
    return jobs.size();
  }

  private Reply create(Request request) {
    var token = request.header(FieldName.IDEMPOTENCY_KEY).orElseThrow();
    var body = JsonMapper.shared().readTree(request.body(1 << 20));
    var now = System.nanoTime();
    creates.add(new Create(token, body.path("prompt").asString(), now));
    if (failing) {
      return broken();
    }
    var id = "job-" + token;
    jobs.putIfAbsent(id, new Job(token, now));
    Pauses.of(answersAfter);
    awaitAnswers();
    return json(200, Map.of("id", id, "status", "pending"));
  }

  private void awaitAnswers() {
    try {
      answers.get().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply query(Request request) {
    if (failing) {
      return broken();
    }
    var id = request.query("id").orElse("");
    var job = jobs.get(id);
    if (job == null) {
      return json(404, Map.of("error", Map.of("code", "task_not_found", "message", "no job")));
    }
    var isDone = System.nanoTime() - job.nanos() >= takes.toNanos();
    return isDone
        ? json(
            200,
            Map.of("id", id, "status", "completed", "video_url", request.baseUrl() + "/clip.mp4"))
        : json(200, Map.of("id", id, "status", "processing"));
  }

  private static Reply broken() {
    return json(500, Map.of("error", Map.of("message", "the test wants it so")));
  }

  private static Reply json(int status, Map<String, ?> body) {
    return Reply.json(status, JsonMapper.shared().writeValueAsBytes(body));
  }

  @Override
  public void close() {
    sendAnswers();
    server.close();
  }
}
