package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Crowd;
import dev.reelay.testkit.RawConnection;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.RelayProcess;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real server process and callers who mean harm: refused or closed, and nobody else suffers. */
@Tag("process")
class HostileTest {
  private static final int SLOW_CONNECTIONS = 1_000;
  private static final int STALLED_READERS = 20;
  private static final int READS_MAX = 3;
  private static final int NESTED = 100_000;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  private static final String QUERY =
      "GET /v1/models HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + RelayHome.KEY + "\r\n\r\n";
  private static final String CREATE =
      "POST /v1/video/create HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
          + "Authorization: Bearer "
          + RelayHome.KEY
          + "\r\n";

  private static RelayHome home;
  private static RelayProcess relay;

  @BeforeAll
  static void start() {
    home = RelayHome.used();
    relay = home.start();
  }

  @AfterAll
  static void stop() {
    home.close();
  }

  @AfterEach
  void the_service_is_unharmed() {
    var began = System.nanoTime();
    var created = relay.client().create(RelayClient.cheap("[instant] unharmed"));
    var took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(created.status()).as(created::text).isEqualTo(200);
    assertThat(took).isLessThan(ANSWER_MAX);
    assertThat(relay.client().awaitFinal(created.at("/id")).at("/status")).isEqualTo("completed");
    assertThat(relay.errors()).doesNotContain("ERROR");
  }

  @Test
  void a_thousand_connections_that_never_end_their_request_are_closed() {
    var slow = new ArrayList<RawConnection>();
    try {
      for (int i = 0; i < SLOW_CONNECTIONS; i++) {
        slow.add(new RawConnection(port()).send("GET /v1/video/query?id=x HTTP/1.1\r\nHost: "));
      }
      the_service_is_unharmed();

      assertThat(slow).allMatch(HostileTest::isClosedInTime);
    } finally {
      slow.forEach(RawConnection::close);
    }
  }

  @Test
  void readers_that_stall_are_closed() {
    var stalled = new ArrayList<RawConnection>();
    try {
      for (int i = 0; i < STALLED_READERS; i++) {
        stalled.add(new RawConnection(port(), 4 << 10));
      }
      assertThat(Crowd.run(STALLED_READERS, i -> () -> isEverRefused(stalled.get(i))))
          .as("whether the server gave up on them")
          .doesNotContain(false);
    } finally {
      stalled.forEach(RawConnection::close);
    }
  }

  /** Asks and asks and never reads; the server must give up on it. */
  private static boolean isEverRefused(RawConnection connection) {
    var many = QUERY.repeat(100).getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 1_000; i++) {
      if (!connection.trySend(many)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void a_body_of_ten_times_the_limit_is_refused_by_its_announced_length() {
    try (var connection = new RawConnection(port())) {
      var answer = connection.send(CREATE + "Content-Length: 335544320\r\n\r\n{").read();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("body_too_large");
    }
  }

  @Test
  void a_body_without_a_length_is_cut_at_the_limit() {
    try (var connection = new RawConnection(port())) {
      connection.send(CREATE + "Transfer-Encoding: chunked\r\n\r\n");
      var chunk = ("100000\r\n" + " ".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);

      boolean taken = true;
      for (int mebibytes = 0; taken && mebibytes < 320; mebibytes++) {
        taken = connection.trySend(chunk);
      }

      assertThat(taken).as("all of it was taken").isFalse();
    }
  }

  @Test
  void deep_json_and_huge_numbers_are_refused() {
    var client = relay.client();

    var bodies =
        List.of(
            "[".repeat(NESTED),
            "{\"model\":".repeat(NESTED),
            "{\"model\":\"sandbox-video\",\"prompt\":\"x\",\"metadata\":" + "[".repeat(NESTED),
            "{\"model\":\"sandbox-video\",\"prompt\":\"x\",\"duration\":1e999999999}",
            "{\"model\":\"sandbox-video\",\"prompt\":\"x\",\"duration\":" + "9".repeat(900) + "}");

    assertThat(bodies).allSatisfy(body -> assertThat(client.create(body).status()).isEqualTo(400));
  }

  /** The server's patience is as long as that of one read here. */
  private static boolean isClosedInTime(RawConnection connection) {
    for (int read = 0; read < READS_MAX; read++) {
      try {
        return connection.drain() >= 0;
      } catch (UncheckedIOException _) {
        // Still open; once more.
      }
    }
    return false;
  }

  private static int port() {
    return relay.baseUrl().getPort();
  }
}
