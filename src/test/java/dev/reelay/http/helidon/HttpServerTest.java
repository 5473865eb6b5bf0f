package dev.reelay.http.helidon;

import static dev.reelay.testkit.EdgeKit.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.HttpLimits;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.Route;
import dev.reelay.testkit.EdgeKit;
import dev.reelay.testkit.RawConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final HttpServer server =
      EdgeKit.serve(
          Route.get("/v1/video/query", HttpServerTest::query),
          Route.post("/v1/echo", request -> Reply.json(200, request.body(1 << 20))),
          Route.get("/v1/broken", HttpServerTest::broken),
          Route.get("/v1/lost", HttpServerTest::lostFile),
          Route.get("/v1/stream", HttpServerTest::stream),
          Route.get("/v1/seen", request -> Reply.ready(200, bytes(request.baseUrl()))),
          Route.get("/v1/counted", this::counted),
          Route.get("/admin/secret", _ -> Reply.empty(200)).closed());
  private RawConnection client = new RawConnection(server.port());

  @BeforeEach
  void connect() {
    client.close();
    client = new RawConnection(server.port());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static Reply query(Request request) {
    return Reply.json(200, bytes("{\"id\":\"" + request.query("id").orElse("") + "\"}"));
  }

  private Reply counted(Request request) {
    calls.incrementAndGet();
    return Reply.empty(Integer.parseInt(request.query("status").orElseThrow()));
  }

  private static Reply broken(Request request) {
    throw new IllegalStateException("a secret of " + request.id());
  }

  private static Reply lostFile(Request request) {
    return new Reply.FilePart(200, List.of(), Path.of("/nowhere/" + request.id()), 0, 5);
  }

  private static Reply stream(Request request) {
    return new Reply.Streaming(
        200,
        List.of(),
        out -> {
          out.write(bytes("one"));
          out.flush();
          out.write(bytes("two"));
        });
  }

  /** By the time it is answered, what another connection sent before has arrived. */
  private void askMeanwhile() {
    try (var other = new RawConnection(server.port())) {
      other.send("GET /v1/video/query HTTP/1.1\r\nHost: x\r\n\r\n").read();
    }
  }

  private RawConnection.Answer ask(String line, String... fields) {
    var more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    return client.send(line + " HTTP/1.1\r\nHost: relay.example\r\n" + more + "\r\n").read();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 49, 60, 70})
  void a_request_that_comes_in_pieces_is_answered_as_one_that_comes_whole(int cut) {
    var request = "GET /v1/video/query?id=pieces HTTP/1.1\r\nHost: relay.example\r\nX-A: b\r\n\r\n";

    client.send(request.substring(0, cut));
    askMeanwhile();
    var answer = client.send(request.substring(cut)).read();

    assertThat(answer.body()).isEqualTo("{\"id\":\"pieces\"}");
  }

  @Test
  void a_value_that_looks_like_a_request_is_none_although_it_comes_in_a_piece_of_its_own() {
    var hidden = "GET /v1/video/query?id=hidden HTTP/1.1\r\nHost: x\r\n\r\n";
    client.send(
        "GET /v1/video/query?id=1 HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/nothing HTTP/1.1\r\nX-A: ");
    var first = client.read();

    var second = client.send(hidden).read();

    assertThat(first.body()).isEqualTo("{\"id\":\"1\"}");
    assertThat(second.status()).isEqualTo(404);
  }

  @Test
  void requests_sent_without_waiting_are_answered_in_their_order() {
    var requests = new StringBuilder();
    for (int i = 1; i <= 3; i++) {
      requests.append("GET /v1/video/query?id=" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    client.send(requests.toString());

    assertThat(client.read().body()).isEqualTo("{\"id\":\"1\"}");
    assertThat(client.read().body()).isEqualTo("{\"id\":\"2\"}");
    assertThat(client.read().body()).isEqualTo("{\"id\":\"3\"}");
  }

  @Test
  void a_handler_runs_once_whoever_sends_its_answer() {
    ask("GET /v1/counted?status=404");
    ask("GET /v1/counted?status=200");
    ask("POST /v1/counted?status=200", "Content-Length: 0");

    assertThat(calls).hasValue(2);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/video/query?id=sora-2:task_1, sora-2:task_1",
    "/v1/video/query?id=sora-2%3Atask_1, sora-2:task_1",
    "//v1/video/query?id=a+b, a+b",
    "/v1/v1/video/query/?id=100%, 100%",
    "/v1/video/query?id=%zz&id=2, %zz",
  })
  void a_query_is_answered_however_it_is_spelled(String target, String id) {
    var answer = ask("GET " + target);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"id\":\"" + id + "\"}");
    assertThat(answer.field("content-type")).isEqualTo("application/json");
  }

  @Test
  void every_answer_has_a_request_id() {
    assertThat(ask("GET /v1/video/query").field("x-request-id")).startsWith("req_");
    assertThat(ask("GET /nowhere").field("x-request-id")).startsWith("req_");
    assertThat(ask("GET /v1/video/query", "X-Request-Id: mine-1._A").field("x-request-id"))
        .isEqualTo("mine-1._A");
    assertThat(ask("GET /v1/video/query", "X-Request-Id: bad id").field("x-request-id"))
        .startsWith("req_");
  }

  @Test
  void an_unknown_path_is_404_and_another_method_405() {
    var unknown = ask("GET /v1/nothing");
    var method = ask("DELETE /v1/video/query");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body()).contains("not_found", unknown.field("x-request-id"));
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.field("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void head_is_get_without_the_body() {
    var head = client.send("HEAD /v1/video/query?id=1 HTTP/1.1\r\nHost: x\r\n\r\n").readHead();
    var next = ask("GET /v1/video/query?id=2");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.field("content-length")).isEqualTo("10");
    assertThat(next.body()).isEqualTo("{\"id\":\"2\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/video/query", "/v1/nothing", "/files/a/b.mp4"})
  void a_preflight_is_answered_without_credentials(String path) {
    var answer =
        ask(
            "OPTIONS " + path,
            "Origin: https://app.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization, idempotency-key");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.field("access-control-allow-origin")).isEqualTo("*");
    assertThat(answer.field("access-control-allow-headers"))
        .contains("authorization", "content-type", "idempotency-key");
    assertThat(answer.fields()).doesNotContainKey("access-control-allow-credentials");
  }

  @Test
  void scripts_may_read_open_answers_and_never_closed_ones() {
    var open = ask("GET /v1/video/query", "Origin: https://app.example");
    var closed = ask("GET /admin/secret", "Origin: https://app.example");
    var preflight = ask("OPTIONS /admin/secret", "Origin: https://app.example");

    assertThat(open.field("access-control-allow-origin")).isEqualTo("*");
    assertThat(open.field("access-control-expose-headers")).contains("x-request-id", "etag");
    assertThat(closed.fields()).doesNotContainKey("access-control-allow-origin");
    assertThat(preflight.fields()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void an_exception_is_a_500_that_tells_only_the_request_id() {
    var answer = ask("GET /v1/broken");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).contains(answer.field("x-request-id")).doesNotContain("secret");
    assertThat(ask("GET /v1/video/query").status()).isEqualTo(200);
  }

  @Test
  void a_file_that_is_gone_is_a_500_and_the_connection_lives() {
    assertThat(ask("GET /v1/lost").status()).isEqualTo(500);
    assertThat(ask("GET /v1/video/query").status()).isEqualTo(200);
  }

  @Test
  void a_stream_is_sent_piece_by_piece() {
    client.send("GET /v1/stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    var head = client.readHead();

    assertThat(head.field("transfer-encoding")).isEqualTo("chunked");
    assertThat(client.drain()).isEqualTo("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/json\r\nContent-Length: 5\r\n\r\n{bad}",
        "Content-Type: text/x-odd\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      })
  void a_body_on_a_get_is_ignored_and_the_connection_lives(String rest) {
    client.send("GET /v1/video/query?id=1 HTTP/1.1\r\nHost: x\r\n" + rest);

    assertThat(client.read().body()).isEqualTo("{\"id\":\"1\"}");
    assertThat(ask("GET /v1/video/query?id=2").body()).isEqualTo("{\"id\":\"2\"}");
  }

  @Test
  void a_body_on_a_get_that_is_too_large_ends_the_connection_after_the_answer() {
    client.send("GET /v1/video/query?id=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    var answer = client.read();
    client.trySend(new byte[1_000_000]);

    assertThat(answer.body()).isEqualTo("{\"id\":\"1\"}");
    assertThat(answer.field("connection")).isEqualTo("close");
    assertThat(client.drain()).isZero();
  }

  @Test
  void a_body_is_echoed_with_a_length_or_chunked() {
    var length = ask("POST /v1/echo", "Content-Length: 3", "", "abc");
    connect();
    client.send("POST /v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

    assertThat(length.body()).isEqualTo("abc");
    assertThat(client.read().body()).isEqualTo("abcde");
  }

  @Test
  void expect_continue_is_answered_when_the_body_is_wanted() {
    client.send("POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n");
    client.send("Expect: 100-continue\r\n\r\n");
    var go = client.read();
    client.send("ok");

    assertThat(go.status()).isEqualTo(100);
    assertThat(client.read().body()).isEqualTo("ok");
  }

  @Test
  void http_1_0_is_answered_and_the_connection_ended() {
    client.send("GET /v1/video/query?id=1 HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n");

    assertThat(client.read().body()).isEqualTo("{\"id\":\"1\"}");
    assertThat(client.drain()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'NONSENSE\r\n\r\n', 400",
    "'GET /v1/video/query HTTP/1.1\r\n\r\n', 400",
    "'GET /v1/video/query HTTP/1.1\r\nHost: <script>\r\n\r\n', 400",
    "'GET /v1/../admin HTTP/1.1\r\nHost: x\r\n\r\n', 400",
    "'GET /v1/video/query HTTP/3.9\r\nHost: x\r\n\r\n', 400",
    "'GET /v1/video/query HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n', 400",
    "'POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', 400",
    "'POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400",
    "'POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n', 400",
    "'POST /v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400",
  })
  void what_is_malformed_is_refused_in_our_shape(String bytes, int status) {
    var answer = client.send(bytes).read();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"code\":\"malformed_");
    assertThat(answer.field("x-request-id")).startsWith("req_");
    assertThat(answer.field("content-type")).isEqualTo("application/json");
  }

  @Test
  void a_header_that_is_too_large_is_431_and_an_address_414() {
    var header = "GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(HttpLimits.HEADER_BYTES_MAX);
    var address = "GET /" + "a".repeat(HttpLimits.REQUEST_LINE_BYTES_MAX) + " HTTP/1.1\r\n";
    var refused = client.send(header).read();

    assertThat(refused.status()).isEqualTo(431);
    assertThat(refused.body()).contains("headers_too_large");
    try (var other = new RawConnection(server.port())) {
      assertThat(other.send(address).read().status()).isEqualTo(414);
    }
  }

  @Test
  void forwarded_fields_of_a_stranger_do_not_count() {
    var answer = ask("GET /v1/seen", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https");

    assertThat(answer.body()).isEqualTo("http://relay.example");
  }
}
