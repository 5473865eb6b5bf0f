import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider that speaks the unified format, for {@code bench/delay}: jobs stay pending until it is
 * told to finish some, and then it watches the relay as a client would. Two servers on loopback:
 * one answers, the other takes a question about a job and never says anything.
 *
 * <p>Arguments: the file that is every result, there before the first job ends. Reads commands from
 * its input, a line each, and answers each with one line:
 *
 * <ul>
 *   <li>{@code relay URL KEY}: where clients ask.
 *   <li>{@code polls}: how many questions about jobs came so far.
 *   <li>{@code finish COUNT PER_SECOND}: ends so many of the jobs that are asked for next, and
 *       tells p50, p95, p99 and the worst of the milliseconds from the final answer until a client
 *       sees the video, without the download.
 * </ul>
 */
final class FakeProvider {
  private static final String QUERY = "/v1/video/query";
  private static final String JOB = "job-";

  /** Jobs of tasks that the benchmark put into the database carry the id of their task. */
  private static final int SEEDED_CHARS = JOB.length() + 26;

  private static final int HANGING_AT_ONCE_MAX = 512;
  private static final int BACKLOG = 1_024;
  private static final long VISIBLE_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final double NANOS_PER_MILLI = 1e6;

  private final Path clip;
  private final AtomicLong polls = new AtomicLong();
  private final AtomicLong creates = new AtomicLong();
  private final Semaphore hangingPlaces = new Semaphore(HANGING_AT_ONCE_MAX);
  private final Map<String, Ending> endings = new ConcurrentHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder()
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private volatile Round round = new Round(0, 1);
  private volatile String relay = "";
  private volatile String key = "";

  private FakeProvider(Path clip) {
    this.clip = clip;
  }

  /** One order to finish jobs: how many are still to end, and when the next one may. */
  private static final class Round {
    private final AtomicInteger left;
    private final long everyNanos;
    private final AtomicLong nextAt = new AtomicLong(System.nanoTime());
    private final CountDownLatch seen;
    private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();

    Round(int count, int perSecond) {
      this.left = new AtomicInteger(count);
      this.everyNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
      this.seen = new CountDownLatch(count);
    }

    /** Whether the job that is asked for now ends. */
    boolean takesOne() {
      long now = System.nanoTime();
      long at = nextAt.get();
      return left.get() > 0
          && now >= at
          && nextAt.compareAndSet(at, Math.max(at, now - everyNanos) + everyNanos)
          && left.getAndDecrement() > 0;
    }
  }

  /** A job that ended: when that was told, and how long its file took. */
  private static final class Ending {
    private volatile long toldAt;
    private volatile long downloadNanos;
  }

  static void main(String[] arguments) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var provider = new FakeProvider(Path.of(arguments[0]));
    int answering = serve(provider::answer);
    int hanging = serve(provider::hang);
    IO.println(answering + " " + hanging);
    for (var line = IO.readln(); line != null; line = IO.readln()) {
      IO.println(provider.obey(List.of(line.split(" "))));
    }
    System.exit(0);
  }

  private static int serve(HttpHandler handler) throws IOException {
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    var server = HttpServer.create(address, BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", handler);
    server.start();
    return server.getAddress().getPort();
  }

  private String obey(List<String> words) throws InterruptedException {
    return switch (words.getFirst()) {
      case "relay" -> {
        relay = words.get(1);
        key = words.get(2);
        yield "ok";
      }
      case "polls" -> String.valueOf(polls.get());
      case "finish" -> finish(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2)));
      default -> "unknown: " + words.getFirst();
    };
  }

  private String finish(int count, int perSecond) throws InterruptedException {
    var mine = new Round(count, perSecond);
    round = mine;
    boolean isWhole = mine.seen.await(3L * count / perSecond + 60, TimeUnit.SECONDS);
    var sorted = mine.millis.stream().sorted().toList();
    if (!isWhole || sorted.isEmpty()) {
      return "only " + sorted.size() + " of " + count + " were seen";
    }
    return "%.0f %.0f %.0f %.0f"
        .formatted(part(sorted, 50), part(sorted, 95), part(sorted, 99), sorted.getLast());
  }

  private static double part(List<Double> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    exchange.getRequestBody().readAllBytes();
    if (path.equals(QUERY)) {
      poll(exchange, exchange.getRequestURI().getQuery().substring("id=".length()));
    } else if (path.startsWith("/file/")) {
      file(exchange, path.substring("/file/".length()));
    } else {
      send(exchange, "{\"id\":\"" + JOB + creates.incrementAndGet() + "\",\"status\":\"pending\"}");
    }
  }

  private void poll(HttpExchange exchange, String job) throws IOException {
    polls.incrementAndGet();
    var now = round;
    if (!endings.containsKey(job) && job.length() == SEEDED_CHARS && now.takesOne()) {
      var ending = new Ending();
      endings.put(job, ending);
      Thread.startVirtualThread(() -> watch(now, job, ending));
    }
    var ending = endings.get(job);
    if (ending == null) {
      send(exchange, "{\"id\":\"" + job + "\",\"status\":\"processing\",\"progress\":40}");
      return;
    }
    var url = "http://" + exchange.getRequestHeaders().getFirst("Host") + "/file/" + job;
    send(
        exchange,
        "{\"id\":\"" + job + "\",\"status\":\"completed\",\"video_url\":\"" + url + "\"}");
    ending.toldAt = ending.toldAt == 0 ? System.nanoTime() : ending.toldAt;
  }

  private void file(HttpExchange exchange, String job) throws IOException {
    long began = System.nanoTime();
    exchange.getResponseHeaders().set("Content-Type", "video/mp4");
    exchange.sendResponseHeaders(200, Files.size(clip));
    try (var out = exchange.getResponseBody()) {
      Files.copy(clip, out);
    }
    var ending = endings.get(job);
    if (ending != null) {
      ending.downloadNanos = System.nanoTime() - began;
    }
  }

  /** Asks the relay as a client that waits for each change, until it shows the video. */
  private void watch(Round of, String job, Ending ending) {
    var uri = URI.create(relay + QUERY + "?wait=30&id=task_" + job.substring(JOB.length()));
    var request = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + key).build();
    long until = System.nanoTime() + VISIBLE_WITHIN_NANOS;
    while (System.nanoTime() < until) {
      if (isVisible(request) && ending.toldAt != 0) {
        long nanos = System.nanoTime() - ending.toldAt - ending.downloadNanos;
        of.millis.add(nanos / NANOS_PER_MILLI);
        of.seen.countDown();
        return;
      }
    }
  }

  private boolean isVisible(HttpRequest request) {
    try {
      var body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return body.contains("\"status\":\"completed\"");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void send(HttpExchange exchange, String json) throws IOException {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Accepts jobs and says nothing about them; the other end gives up first. */
  private void hang(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (!exchange.getRequestURI().getPath().equals(QUERY)) {
      send(exchange, "{\"id\":\"" + JOB + creates.incrementAndGet() + "\",\"status\":\"pending\"}");
    } else if (hangingPlaces.tryAcquire()) {
      LockSupport.parkNanos(HANG_NANOS);
      hangingPlaces.release();
      exchange.close();
    } else {
      exchange.close();
    }
  }
}
