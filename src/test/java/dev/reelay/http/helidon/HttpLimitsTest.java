package dev.reelay.http.helidon;

import static dev.reelay.testkit.EdgeKit.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.HttpLimits;
import dev.reelay.http.Json;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.Route;
import dev.reelay.testkit.EdgeKit;
import dev.reelay.testkit.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class HttpLimitsTest {
  private static final int LIMIT_BYTES = 100_000;
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Route HELLO = Route.get("/v1/hello", _ -> Reply.ready(200, bytes("hi")));
  private static final Route TAKE = Route.post("/v1/take", HttpLimitsTest::take);
  private static final String POST = "POST /v1/take HTTP/1.1\r\nHost: x\r\n";
  private static final String GET = "GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n";

  private static Reply take(Request request) {
    return Reply.ready(200, bytes(String.valueOf(request.body(LIMIT_BYTES).length)));
  }

  private static void assertAlive(HttpServer server) {
    try (var other = new RawConnection(server.port())) {
      assertThat(other.send(GET).read().body()).isEqualTo("hi");
    }
  }

  @Test
  void a_body_of_the_limit_is_taken_and_one_byte_more_refused() {
    try (var server = EdgeKit.serve(TAKE);
        var client = new RawConnection(server.port())) {
      client.send(POST + "Content-Length: " + LIMIT_BYTES + "\r\n\r\n");
      var taken = client.send(new byte[LIMIT_BYTES]).read();
      client.send(POST + "Content-Length: " + (LIMIT_BYTES + 1) + "\r\n\r\n");
      var refused = client.send(new byte[LIMIT_BYTES + 1]).read();

      assertThat(taken.body()).isEqualTo(String.valueOf(LIMIT_BYTES));
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.body()).contains("body_too_large");
    }
  }

  @Test
  void a_body_ten_times_the_limit_is_refused_before_it_is_sent() {
    try (var server = EdgeKit.serve(HELLO, TAKE);
        var client = new RawConnection(server.port())) {
      client.send(POST + "Content-Length: " + 10 * LIMIT_BYTES + "\r\n\r\n");
      var answer = client.read();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.field("connection")).isEqualTo("close");
      assertAlive(server);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10 * LIMIT_BYTES, Integer.MAX_VALUE})
  void chunks_are_refused_when_they_pass_the_limit(int chunkBytes) {
    try (var server = EdgeKit.serve(HELLO, TAKE);
        var client = new RawConnection(server.port())) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
      var chunk = new byte[Math.min(chunkBytes, 10 * LIMIT_BYTES)];
      for (int sent = 0; sent < 20 * LIMIT_BYTES; sent += chunk.length) {
        boolean isOpen = client.trySend(bytes(Integer.toHexString(chunkBytes) + "\r\n"));
        sent += isOpen && client.trySend(chunk) && client.trySend(bytes("\r\n")) ? 0 : 1 << 30;
      }

      assertThat(client.read().status()).isEqualTo(413);
      assertAlive(server);
    }
  }

  @Test
  void bodies_in_flight_are_bounded_together() {
    var limits = new HttpLimits(HttpLimits.Patience.DEFAULTS, 3 * LIMIT_BYTES / 2, 100);
    var gate = new CountDownLatch(1);
    var holding = new CountDownLatch(1);
    var hold = Route.post("/v1/hold", request -> held(request, holding, gate));
    try (var server = EdgeKit.serve(limits, hold, TAKE);
        var first = new RawConnection(server.port());
        var second = new RawConnection(server.port())) {
      var body = "Content-Length: " + LIMIT_BYTES + "\r\n\r\n";
      first.send(POST.replace("take", "hold") + body).send(new byte[LIMIT_BYTES]);
      await(holding);
      var busy = second.send(POST + body).send(new byte[LIMIT_BYTES]).read();
      gate.countDown();
      var held = first.read();
      var retried = statusOnceThereIsRoom(server, POST + body);

      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.field("retry-after")).isEqualTo("1");
      assertThat(held.status()).isEqualTo(200);
      assertThat(retried).isEqualTo(200);
    }
  }

  /** A body gives its room back when its request has ended, which is after its answer was read. */
  private static int statusOnceThereIsRoom(HttpServer server, String head) {
    var status = 503;
    for (var tries = 0; tries < 1_000 && status == 503; tries++) {
      try (var client = new RawConnection(server.port())) {
        status = client.send(head).send(new byte[LIMIT_BYTES]).read().status();
      }
    }
    return status;
  }

  private static Reply held(Request request, CountDownLatch holding, CountDownLatch gate) {
    var length = request.body(LIMIT_BYTES).length;
    holding.countDown();
    await(gate);
    return Reply.ready(200, bytes(String.valueOf(length)));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void deep_json_is_a_refusal_and_harms_nobody() {
    var json = new Json(LIMIT_BYTES);
    var route =
        Route.post(
            "/v1/json",
            request ->
                json.parse(request.body(LIMIT_BYTES)) instanceof Json.Parsed.Tree
                    ? Reply.empty(200)
                    : Reply.empty(400));
    try (var server = EdgeKit.serve(HELLO, route);
        var client = new RawConnection(server.port())) {
      var deep = "[".repeat(LIMIT_BYTES / 2);
      client.send(POST.replace("take", "json") + "Content-Length: " + deep.length() + "\r\n\r\n");

      assertThat(client.send(deep).read().status()).isEqualTo(400);
      assertAlive(server);
    }
  }

  @Test
  void a_reader_that_stalls_is_closed() throws Exception {
    var ended = new CompletableFuture<String>();
    var endless = Route.get("/v1/endless", _ -> endless(ended));
    try (var server = EdgeKit.serve(EdgeKit.impatient(SHORT), HELLO, endless);
        var client = new RawConnection(server.port(), 8 << 10)) {
      client.send("GET /v1/endless HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo("the client is gone");
      assertAlive(server);
      assertThat(client.drain()).isPositive();
    }
  }

  private static Reply endless(CompletableFuture<String> ended) {
    return new Reply.Streaming(
        200,
        List.of(),
        out -> {
          try {
            while (true) {
              out.write(new byte[64 << 10]);
            }
          } catch (IOException e) {
            ended.complete(String.valueOf(e.getMessage()));
            throw e;
          }
        });
  }

  @Test
  void a_reader_that_is_slow_but_reads_gets_everything() {
    var large = new byte[3 << 20];
    try (var server =
            EdgeKit.serve(
                EdgeKit.impatient(Duration.ofSeconds(2)),
                Route.get("/v1/large", _ -> Reply.ready(200, large)));
        var client = new RawConnection(server.port(), 8 << 10)) {
      client.send("GET /v1/large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      assertThat(client.readHead().status()).isEqualTo(200);
      assertThat(client.drain()).isEqualTo(large.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /v1/hello HT", "GET /v1/hello HTTP/1.1\r\nHost: x\r\nA: "})
  void who_does_not_send_a_whole_request_in_time_is_closed(String start) {
    try (var server = EdgeKit.serve(EdgeKit.impatient(SHORT), HELLO);
        var client = new RawConnection(server.port())) {
      client.send(start);

      assertThat(client.drain()).isZero();
    }
  }

  @Test
  void a_connection_that_is_idle_after_an_answer_is_closed() {
    try (var server = EdgeKit.serve(EdgeKit.impatient(SHORT), HELLO);
        var client = new RawConnection(server.port())) {
      assertThat(client.send(GET).read().status()).isEqualTo(200);
      assertThat(client.drain()).isZero();
    }
  }

  @Test
  void a_body_that_does_not_arrive_in_time_ends_the_connection() {
    try (var server = EdgeKit.serve(EdgeKit.impatient(SHORT), HELLO, TAKE);
        var client = new RawConnection(server.port())) {
      client.send(POST + "Content-Length: 10\r\n\r\nabc");

      assertThat(client.drain()).isZero();
      assertAlive(server);
    }
  }

  @Test
  void a_handler_that_takes_its_time_is_not_cut_off() {
    var limits = EdgeKit.impatient(Duration.ofMillis(40));
    var gate = new CountDownLatch(1);
    var slow =
        Route.get(
            "/v1/slow",
            _ -> {
              await(gate);
              return Reply.ready(200, bytes("done"));
            });
    try (var server = EdgeKit.serve(limits, slow);
        var client = new RawConnection(server.port());
        var idle = new RawConnection(server.port())) {
      client.send("GET /v1/slow HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(idle.drain()).isZero();
      gate.countDown();

      assertThat(client.read().body()).isEqualTo("done");
    }
  }

  @Test
  void a_thousand_slow_connections_leave_the_service_unharmed() {
    var slow = new ArrayList<RawConnection>();
    try (var server = EdgeKit.serve(HELLO)) {
      for (int i = 0; i < 1_000; i++) {
        slow.add(new RawConnection(server.port()).send("GET /v1/hello HTTP/1.1\r\nHost: x\r\n"));
      }
      for (int i = 0; i < 100; i++) {
        assertAlive(server);
      }
    } finally {
      slow.forEach(RawConnection::close);
    }
  }

  @Test
  void when_connections_run_out_the_one_that_keeps_us_waiting_longest_makes_room() {
    var limits =
        new HttpLimits(HttpLimits.Patience.DEFAULTS, HttpLimits.BODIES_IN_FLIGHT_BYTES_MAX, 10);
    var waiting = new ArrayList<RawConnection>();
    try (var server = EdgeKit.serve(limits, HELLO)) {
      for (int i = 0; i < 300; i++) {
        var next = new RawConnection(server.port());
        waiting.add(next);
        assertThat(next.send(GET).read().body()).isEqualTo("hi");
      }

      assertThat(server.connections()).isEqualTo(10);
      assertThat(waiting.get(289).drain()).isZero();
      assertThat(waiting.get(290).send(GET).read().body()).isEqualTo("hi");
    } finally {
      waiting.forEach(RawConnection::close);
    }
  }

  @Test
  void a_graceful_stop_lets_a_running_request_finish() throws Exception {
    var gate = new CountDownLatch(1);
    var running = new CountDownLatch(1);
    var slow =
        Route.get(
            "/v1/slow",
            _ -> {
              running.countDown();
              await(gate);
              return Reply.ready(200, bytes("done"));
            });
    var server = EdgeKit.serve(slow);
    try (var client = new RawConnection(server.port());
        var idle = new RawConnection(server.port())) {
      client.send("GET /v1/slow HTTP/1.1\r\nHost: x\r\n\r\n");
      await(running);
      var stopped = CompletableFuture.runAsync(server::close);
      assertThat(idle.drain()).isZero();
      assertThat(stopped).isNotDone();
      gate.countDown();
      var answer = client.read();

      assertThat(answer.body()).isEqualTo("done");
      assertThat(answer.field("connection")).isEqualTo("close");
      stopped.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_stop_does_not_wait_for_ever() {
    var gate = new CountDownLatch(1);
    var running = new CountDownLatch(1);
    var stuck =
        Route.get(
            "/v1/stuck",
            _ -> {
              running.countDown();
              await(gate);
              return Reply.empty(200);
            });
    var server = EdgeKit.serve(EdgeKit.impatient(SHORT), stuck);
    try (var client = new RawConnection(server.port())) {
      client.send("GET /v1/stuck HTTP/1.1\r\nHost: x\r\n\r\n");
      await(running);
      server.close();

      assertThat(client.drain()).isNotNegative();
    }
  }
}
