package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.RelayProcess;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A database that is killed under load, again and again. Callers see nothing worse than "come
 * again", what was acknowledged stays, and the relay is well soon after its database is.
 */
@Tag("process")
class DatabaseLossTest {
  private static final int STOPS = 5;
  private static final int STOPS_OF_THE_BUNDLED = 2;
  private static final int STOPS_OF_A_PROOF = 50;
  private static final int CALLERS = 6;
  private static final int NEW_TASKS_A_STOP = 30;
  private static final int REFUSALS_SEEN = 3;
  private static final Duration WELL_AGAIN_MAX = Duration.ofSeconds(10);

  /** The keeper looks once a second, and a crashed PostgreSQL reads its log before it answers. */
  private static final Duration REVIVED_MAX = Duration.ofSeconds(30);

  private static final Duration FINAL_MAX = Duration.ofSeconds(60);

  @Test
  void an_operators_database_stopped_at_once_under_load_costs_nobody_a_task() {
    stopTheOperators(STOPS);
  }

  @Test
  @Tag("proof")
  void an_operators_database_stopped_very_often_costs_nobody_a_task() {
    stopTheOperators(STOPS_OF_A_PROOF);
  }

  @Test
  void a_bundled_database_killed_under_load_is_started_again_and_costs_nobody_a_task() {
    stopTheBundled(STOPS_OF_THE_BUNDLED);
  }

  @Test
  @Tag("proof")
  void a_bundled_database_killed_very_often_is_started_again_and_costs_nobody_a_task() {
    stopTheBundled(STOPS_OF_A_PROOF);
  }

  private static void stopTheOperators(int stops) {
    try (var database = new StoppableDatabase();
        var home = RelayHome.used().with("REELAY_DATABASE_URL", database.address());
        var round = new Round("operator's", home, stops)) {
      for (int stop = 0; stop < stops; stop++) {
        round.underLoad();
        database.stopAtOnce();
        round.load.awaitRefusals(REFUSALS_SEEN);
        database.startAgain();
        round.awaitWell(WELL_AGAIN_MAX);
      }
      round.assertNothingWasLost(database.view());
    }
  }

  private static void stopTheBundled(int stops) {
    try (var home = RelayHome.used();
        var round = new Round("bundled", home, stops)) {
      for (int stop = 0; stop < stops; stop++) {
        round.underLoad();
        var postgres = home.postgres().orElseThrow();
        postgres.destroyForcibly();
        postgres.onExit().join();
        round.load.awaitRefusals(1);
        round.awaitWell(REVIVED_MAX);
      }
      round.assertNothingWasLost(DatabaseView.of(home));
    }
  }

  /** One relay under load, its seed and its figures. */
  private static final class Round implements AutoCloseable {
    private final long began = System.nanoTime();
    private final String name;
    private final int stops;
    private final RelayProcess relay;
    private final SplittableRandom random;
    private final KillLoad load;
    private Duration slowest = Duration.ZERO;

    Round(String name, RelayHome home, int stops) {
      var seed = Long.getLong("reelay.database.seed", new SecureRandom().nextLong());
      System.out.printf("database: %s, -Dreelay.database.seed=%d%n", name, seed);
      this.name = name;
      this.stops = stops;
      this.relay = home.start();
      this.random = new SplittableRandom(seed);
      this.load = new KillLoad(CALLERS, seed);
    }

    void underLoad() {
      load.reach(relay.client(), NEW_TASKS_A_STOP);
      load.awaitAnswers(1 + random.nextInt(NEW_TASKS_A_STOP / 2));
    }

    /** Well is: it says so, and a create is accepted. */
    void awaitWell(Duration longest) {
      var from = System.nanoTime();
      assertThat(relay.client().awaitReady(longest)).as(relay::report).isTrue();
      load.awaitAnswers(1);
      var took = Duration.ofNanos(System.nanoTime() - from);
      assertThat(took).as(relay::report).isLessThan(longest);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }

    void assertNothingWasLost(DatabaseView database) {
      load.reach(relay.client(), 0);
      load.finish();
      NothingLost.awaitAllFinal(database, relay, FINAL_MAX);
      System.out.printf(
          "database: %s stopped %d times, %s, well again after at most %d ms, %s%n",
          name,
          stops,
          load.figures(),
          slowest.toMillis(),
          Duration.ofNanos(System.nanoTime() - began));
      NothingLost.assertIn(database, load);
      assertThat(load.unanswered()).as("calls without an answer").isZero();
      assertThat(relay.errors()).doesNotContain("ERROR");
    }

    @Override
    public void close() {
      load.close();
    }
  }
}
