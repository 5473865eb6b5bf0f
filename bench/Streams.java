import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Opens event streams and says how long after a change was decided its event was here: {@code URL
 * KEY STREAMS TASKS}. Changes are made by asking for the cancel of each task, one after the other;
 * the time of the change stands in the event, and both ends read the same clock. Prints {@code
 * FIGURES EVENTS P50 P99 WORST}, in milliseconds, after {@code OPEN} once all streams are open;
 * then it waits for a line of input.
 */
void main(String[] arguments) throws IOException, InterruptedException {
  var base = URI.create(arguments[0]);
  var key = arguments[1];
  int streams = Integer.parseInt(arguments[2]);
  var http = HttpClient.newHttpClient();
  var tasks = new ArrayList<String>();
  for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
    var body = "{\"model\":\"sandbox-video\",\"prompt\":\"[slow 3000s] take %d\",\"duration\":1}";
    var answer = post(http, base, key, "/v1/video/create", body.formatted(i));
    tasks.add(answer.replaceFirst("(?s).*?\"id\":\"([^\"]*)\".*", "$1"));
  }
  var delays = Collections.synchronizedList(new ArrayList<Long>());
  var begun = new CountDownLatch(streams);
  var ended = new CountDownLatch(streams);
  var connecting = new Semaphore(64);
  try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
    for (int i = 0; i < streams; i++) {
      var id = tasks.get(i % tasks.size());
      readers.submit(
          () -> {
            follow(base, key, id, connecting, begun, ended, delays);
            return true;
          });
    }
    if (!begun.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException(begun.getCount() + " streams did not begin");
    }
    IO.println("OPEN");
    IO.readln();
    for (var id : tasks) {
      post(http, base, key, "/v1/video/cancel", "{\"id\":\"" + id + "\"}");
    }
    if (!ended.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException(ended.getCount() + " streams did not end");
    }
  }
  var sorted = new ArrayList<>(delays);
  Collections.sort(sorted);
  IO.println(
      "FIGURES %d %d %d %d"
          .formatted(sorted.size(), at(sorted, 50), at(sorted, 99), sorted.getLast()));
}

static final Pattern CHANGED = Pattern.compile("\"status_update_time\":([0-9]{13})");

/** Chunk sizes are lines of their own between the events and say nothing that is needed. */
void follow(
    URI base,
    String key,
    String id,
    Semaphore connecting,
    CountDownLatch begun,
    CountDownLatch ended,
    List<Long> delays)
    throws IOException {
  connecting.acquireUninterruptibly();
  try (var socket = new Socket(base.getHost(), base.getPort())) {
    var head = "GET /v1/video/events?id=%s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n\r\n";
    socket.getOutputStream().write(head.formatted(id, key).getBytes(StandardCharsets.UTF_8));
    var in = new BufferedReader(new InputStreamReader(socket.getInputStream()), 4 << 10);
    var before = "";
    for (var line = in.readLine(); line != null && !line.equals("0"); line = in.readLine()) {
      var changed = CHANGED.matcher(line);
      if (changed.find()) {
        // An event of progress has the time of the change before it.
        if (before.isEmpty()) {
          begun.countDown();
          connecting.release();
        } else if (!changed.group(1).equals(before)) {
          delays.add(System.currentTimeMillis() - Long.parseLong(changed.group(1)));
        }
        before = changed.group(1);
      }
    }
    ended.countDown();
  }
}

long at(List<Long> sorted, int percent) {
  return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
}

String post(HttpClient http, URI base, String key, String path, String body)
    throws IOException, InterruptedException {
  var request =
      HttpRequest.newBuilder(base.resolve(path))
          .header("Authorization", "Bearer " + key)
          .POST(BodyPublishers.ofString(body));
  return http.send(request.build(), BodyHandlers.ofString()).body();
}
