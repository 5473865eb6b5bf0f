import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The measure of {@code bench/polls}: a loop that asks about one job a call by the JDK's own client
 * at an even pace, on virtual threads, and does nothing with what it reads.
 *
 * <p>Arguments: a file of polls, a line each, an address and then headers, parted by tabs; how many
 * a second; how many seconds, after as many of warming up. Prints how many were answered, how many
 * were not, and the processor time of this program in microseconds.
 */
final class PlainLoop {
  private static final int AT_ONCE_MAX = 256;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final List<HttpRequest> polls;
  private final Semaphore places = new Semaphore(AT_ONCE_MAX);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  private PlainLoop(List<HttpRequest> polls) {
    this.polls = polls;
  }

  static void main(String[] arguments) throws Exception {
    var lines = Files.readAllLines(Path.of(arguments[0]));
    var loop = new PlainLoop(lines.stream().map(PlainLoop::request).toList());
    int perSecond = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    loop.run(perSecond, seconds);
    loop.answered.set(0);
    loop.failed.set(0);
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    loop.run(perSecond, seconds);
    long micros = TimeUnit.NANOSECONDS.toMicros(system.getProcessCpuTime() - before);
    IO.println(loop.answered + " " + loop.failed + " " + micros);
    System.exit(0);
  }

  private static HttpRequest request(String line) {
    var pieces = List.of(line.split("\t"));
    var request = HttpRequest.newBuilder(URI.create(pieces.getFirst())).timeout(ANSWER_MAX);
    for (var header : pieces.subList(1, pieces.size())) {
      var pair = header.split(": ", 2);
      request.header(pair[0], pair[1]);
    }
    return request.build();
  }

  private void run(int perSecond, int seconds) throws InterruptedException {
    long began = System.nanoTime();
    for (int i = 0; i < perSecond * seconds; i++) {
      long at = began + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
      for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      var poll = polls.get(i % polls.size());
      places.acquire();
      Thread.startVirtualThread(() -> ask(poll));
    }
    places.acquire(AT_ONCE_MAX);
    places.release(AT_ONCE_MAX);
  }

  private void ask(HttpRequest poll) {
    try {
      int status = client.send(poll, HttpResponse.BodyHandlers.ofString()).statusCode();
      (status / 100 == 2 ? answered : failed).incrementAndGet();
    } catch (IOException e) {
      failed.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }
}
