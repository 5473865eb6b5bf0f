package dev.reelay.testkit;

import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.Route;
import dev.reelay.http.helidon.HttpServer;
import dev.reelay.media.ClipSpec;
import dev.reelay.media.SandboxVideo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider in the test's own process that speaks the unified format, makes real videos and
 * honours idempotency keys. It remembers every create that it was sent, and can keep its answers
 * back, or answer every call 500, until told otherwise. It calls back where it is told to, before
 * it answers a create and again and again when the job is done.
 */
public final class UpstreamRelay implements AutoCloseable {
  private static final int SIDE_LONG_PIXELS = 854;
  private static final int SIDE_SHORT_PIXELS = 480;
  private static final byte[] CLIP =
      new SandboxVideo()
          .render(new ClipSpec(SIDE_LONG_PIXELS, SIDE_SHORT_PIXELS, 1, "", "TEST"))
          .mp4();

  private static final int CALLS_WHEN_DONE = 3;
  private static final int HTTP_OK = 200;
  private static final Duration CALL_MAX = Duration.ofSeconds(2);
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(CALL_MAX).build();

  private final Duration takes;
  private final Duration answersAfter;
  private final HttpServer server;
  private final AtomicInteger callsHeard = new AtomicInteger();
  private volatile Supplier<List<URI>> callers = List::of;
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

  /**
   * From now on the {@code callback_url} of a create is called at each of these addresses, whatever
   * host it names.
   */
  public void callBackAt(Supplier<List<URI>> addresses) {
    callers = addresses;
  }

  /** How many of its calls were taken. */
  public int callsHeard() {
    return callsHeard.get();
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
    callBack(body.path("callback_url").asString(""), id);
    Pauses.of(answersAfter);
    awaitAnswers();
    return json(200, Map.of("id", id, "status", "pending"));
  }

  /** First out of order, then repeated: nobody promises that a callback comes once or late. */
  private void callBack(String address, String id) {
    if (address.isEmpty()) {
      return;
    }
    callEach(address, id);
    Thread.ofVirtual()
        .start(
            () -> {
              Pauses.of(takes);
              for (int call = 0; call < CALLS_WHEN_DONE; call++) {
                callEach(address, id);
              }
            });
  }

  private void callEach(String address, String id) {
    var path = URI.create(address).getPath();
    var body = JsonMapper.shared().writeValueAsString(Map.of("id", id));
    for (var caller : callers.get()) {
      var call = HttpRequest.newBuilder(caller.resolve(path)).timeout(CALL_MAX);
      try {
        var answer =
            HTTP.send(call.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.discarding());
        callsHeard.addAndGet(answer.statusCode() == HTTP_OK ? 1 : 0);
      } catch (IOException e) {
        // A node that is down hears nothing; another one does.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
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
