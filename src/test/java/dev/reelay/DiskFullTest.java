package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.reelay.store.embedded.TestPostgres;
import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.Pauses;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayClient.Answer;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.RelayProcess;
import dev.reelay.testkit.SmallDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A disk without a free byte, under the results and under the database with the journal: callers
 * are told so, nothing is lost, and the relay is well soon after there is space again.
 */
@Tag("process")
class DiskFullTest {
  private static final int RESULTS_MEBIBYTES = 16;
  private static final int DATA_MEBIBYTES = 256;
  private static final int CREATES_MAX = 400;
  private static final Duration WELL_AGAIN_MAX = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final String QUICK = RelayClient.cheap("[instant] a full disk");
  private static final String SLOW = RelayClient.cheap("[slow 2s] a full disk");

  @Test
  void full_results_refuse_creates_with_507_and_what_is_under_way_waits_for_space() {
    var home = RelayHome.used();
    var results = home.data().resolveSibling("results");
    home.with("REELAY_RESULTS_DIR", results.toString());
    try (var rig = Rig.on(home, results, RESULTS_MEBIBYTES)) {
      var client = rig.relay.client();
      var underWay = client.create(SLOW).at("/id");
      rig.disk.fill();
      var before = client.balance().text();

      var refused = client.tryCreate(QUICK, "refused").orElseThrow();
      rig.relay.awaitLog("result not fetched yet: our storage is full");

      assertThat(refused.status()).isEqualTo(507);
      assertThat(refused.at("/code")).isEqualTo("storage_full");
      assertThat(refused.field("retry-after")).isNotEmpty();
      assertThat(client.balance().text()).as("nothing was held").isEqualTo(before);
      assertThat(client.query(underWay).at("/status")).isEqualTo("processing");

      rig.disk.free();
      rig.awaitWell();
      rig.assertNothingLost(List.of(underWay));
    }
  }

  @Test
  void a_full_database_and_journal_answer_503_and_come_back_by_themselves() {
    var home = RelayHome.used();
    home.with("REELAY_RESULTS_DIR", home.data().resolveSibling("results").toString());
    try (var rig = Rig.on(home, home.data(), DATA_MEBIBYTES)) {
      var client = rig.relay.client();
      var accepted = new ArrayList<String>();
      accepted.add(client.create(SLOW).at("/id"));
      rig.disk.fill();

      var refused = rig.createUntilRefused(accepted);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.at("/code")).isEqualTo("database_unavailable");
      assertThat(refused.field("retry-after")).isNotEmpty();
      assertThat(client.get("/healthz").status()).as("the relay itself lives").isEqualTo(200);

      // PostgreSQL ends itself so when its log finds no space; the keeper starts it again.
      rig.killPostgres();
      rig.disk.fill();
      assertThat(client.tryCreate(QUICK, "refused").orElseThrow().status()).isEqualTo(503);

      rig.disk.free();
      rig.awaitWell();
      rig.assertNothingLost(accepted);
    }
  }

  /** A relay with one of its folders on a small disk. */
  private static final class Rig implements AutoCloseable {
    private final RelayHome home;
    private final SmallDisk disk;
    private final RelayProcess relay;
    private int keys;

    private Rig(RelayHome home, SmallDisk disk, RelayProcess relay) {
      this.home = home;
      this.disk = disk;
      this.relay = relay;
    }

    static Rig on(RelayHome home, Path folder, int mebibytes) {
      var disk = SmallDisk.mount(folder, mebibytes);
      if (disk.isEmpty()) {
        home.close();
        abort("skipped: this user may not mount a small disk");
      }
      return new Rig(home, disk.orElseThrow(), home.start());
    }

    /** Creates, and keeps the ids of those accepted, until one is refused. */
    Answer createUntilRefused(List<String> accepted) {
      for (var n = 0; n < CREATES_MAX; n++) {
        var answer = create();
        if (answer.status() != 200) {
          System.out.printf("disk: %d creates fitted into what was allocated%n", n);
          return answer;
        }
        accepted.add(answer.at("/id"));
      }
      throw new AssertionError("a full disk took " + CREATES_MAX + " creates");
    }

    private Answer create() {
      return relay.client().tryCreate(QUICK, "key-" + keys++).orElseThrow();
    }

    void killPostgres() {
      var postgres = home.postgres().orElseThrow();
      postgres.destroyForcibly();
      postgres.onExit().join();
    }

    /** Well is: ready, and a create is accepted. */
    void awaitWell() {
      var until = System.nanoTime() + WELL_AGAIN_MAX.toNanos();
      var from = System.nanoTime();
      while (relay.client().tryGet("/readyz").filter(a -> a.status() == 200).isEmpty()
          || create().status() != 200) {
        assertThat(System.nanoTime()).as(relay::report).isLessThan(until);
        Pauses.of(LOOK_EVERY);
      }
      var took = Duration.ofNanos(System.nanoTime() - from);
      System.out.printf("disk: well %d ms after there was space%n", took.toMillis());
    }

    void assertNothingLost(List<String> accepted) {
      var database = DatabaseView.of(home);
      NothingLost.awaitAllFinal(database, relay, WELL_AGAIN_MAX);
      assertThat(accepted)
          .allSatisfy(
              id ->
                  assertThat(relay.client().query(id).at("/status")).as(id).isEqualTo("completed"));
      NothingLost.assertIn(database, database.texts("select id from task"));
    }

    @Override
    public void close() {
      relay.close();
      TestPostgres.end(home.data());
      disk.close();
      home.close();
    }
  }
}
