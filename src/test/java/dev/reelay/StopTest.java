package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.store.JdbcReconcile;
import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.RawConnection;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real processes: how a relay stops, what it finds again, and life without its database. */
@Tag("process")
class StopTest {
  private static final int TERMINATED = 143;
  private static final Duration STOP_MAX = Duration.ofSeconds(20);
  private static final Duration BACK_MAX = Duration.ofSeconds(60);

  @Test
  void a_stop_lets_a_running_create_end_and_leaves_nothing_running() {
    try (var home = RelayHome.used()) {
      var relay = home.start();
      var base = relay.baseUrl();
      var body = RelayClient.cheap("[instant] the last one").getBytes(StandardCharsets.UTF_8);
      try (var create = new RawConnection(base.getPort())) {
        create.send(head(body.length)).send(Arrays.copyOf(body, body.length / 2));
        relay.client().get("/healthz");
        relay.askToStop();
        relay.awaitLog("stopping");
        create.send(Arrays.copyOfRange(body, body.length / 2, body.length));
        var answer = create.read();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(relay.endsWithin(STOP_MAX)).as(relay::report).isTrue();
      }

      assertThat(relay.awaitExit()).isIn(0, TERMINATED);
      assertThat(new RelayClient(base, RelayHome.KEY).tryGet("/readyz")).isEmpty();
      assertThat(home.postgres()).isEmpty();
      assertThat(relay.errors()).contains("stopped").doesNotContain("WARN").doesNotContain("ERROR");
    }
  }

  private static String head(int length) {
    return "POST /v1/video/create HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
        + RelayHome.KEY
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  @Test
  void a_database_left_behind_by_a_kill_is_taken_over() {
    try (var home = RelayHome.used()) {
      var first = home.start();
      var id = first.client().create(RelayClient.cheap("[instant] before")).at("/id");
      var postgres = home.postgres().orElseThrow();

      first.kill();
      assertThat(postgres.isAlive()).isTrue();
      var second = home.start();

      assertThat(home.postgres()).contains(postgres);
      assertThat(second.client().awaitFinal(id).at("/status")).isEqualTo("completed");
      second.terminate();
      assertThat(home.postgres()).isEmpty();
    }
  }

  @Test
  void a_relay_works_on_a_database_of_the_operators() {
    try (var database = TestDatabase.fresh();
        var home = RelayHome.used().with("REELAY_DATABASE_URL", database.address())) {
      home.with("REELAY_DATABASE_POOL_SIZE", "4");
      home.without("REELAY_MASTER_KEY");
      var relay = home.start();

      var id = relay.client().create(RelayClient.cheap("[instant] elsewhere")).at("/id");

      assertThat(relay.client().awaitFinal(id).at("/status")).isEqualTo("completed");
      assertThat(home.postgres()).isEmpty();
      relay.terminate();
      assertThat(new JdbcReconcile(database.dataSource()).faults()).isEmpty();
      assertThat(relay.errors()).doesNotContain(database.password());
    }
  }

  @Test
  void a_database_that_dies_is_started_again_and_meanwhile_nothing_worse_than_503_is_seen() {
    try (var home = RelayHome.used()) {
      var relay = home.start();
      var client = relay.client();
      var id = client.create(RelayClient.cheap("[instant] known")).at("/id");
      client.awaitFinal(id);

      home.postgres().orElseThrow().destroyForcibly();
      var whileAway = client.tryCreate(RelayClient.cheap("[instant] away"), "away").orElseThrow();
      var known = client.query(id);

      assertThat(known.at("/status")).as("from memory").isEqualTo("completed");
      assertThat(whileAway.status()).isIn(200, 503);
      if (whileAway.status() == 503) {
        assertThat(whileAway.field("retry-after")).isNotEmpty();
        assertThat(whileAway.at("/error/code")).isEqualTo("database_unavailable");
      }
      assertThat(client.awaitReady(BACK_MAX)).as(relay::report).isTrue();
      var again = client.create(RelayClient.cheap("[instant] away"), "away");
      assertThat(client.awaitFinal(again.at("/id")).at("/status")).isEqualTo("completed");
      assertThat(new JdbcReconcile(DatabaseView.of(home).source()).faults()).isEmpty();
      relay.terminate();
      assertThat(home.postgres()).isEmpty();
    }
  }

  @Test
  void without_its_database_a_relay_says_so_answers_known_tasks_and_recovers() {
    try (var database = new StoppableDatabase();
        var home = RelayHome.used().with("REELAY_DATABASE_URL", database.address())) {
      var relay = home.start();
      var client = relay.client();
      var id = client.create(RelayClient.cheap("[instant] known")).at("/id");
      client.awaitFinal(id);

      database.stopAtOnce();
      var ready = client.get("/readyz");
      var create = client.create(RelayClient.cheap("[instant] away"), "away");
      var known = client.query(id);

      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.text()).contains("database");
      assertThat(create.status()).isEqualTo(503);
      assertThat(create.field("retry-after")).isNotEmpty();
      assertThat(create.at("/error/code")).isEqualTo("database_unavailable");
      assertThat(known.at("/status")).as("from memory").isEqualTo("completed");

      database.startAgain();
      assertThat(client.awaitReady(BACK_MAX)).as(relay::report).isTrue();
      var again = client.create(RelayClient.cheap("[instant] away"), "away");
      assertThat(client.awaitFinal(again.at("/id")).at("/status")).isEqualTo("completed");
    }
  }
}
