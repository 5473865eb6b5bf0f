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
 * A server process that is killed under load, again and again, also while it starts. Clients repeat
 * with the same idempotency key whatever got no answer.
 */
@Tag("process")
class KillTest {
  private static final int KILLS = Integer.getInteger("reelay.kill.count", 60);
  private static final int KILLS_OF_A_PROOF = 1_000;
  private static final int CALLERS = 6;
  private static final int NEW_TASKS_A_LIFE = 30;
  private static final int KILL_AFTER_ANSWERS_MILLIS_MAX = 400;
  private static final int KILL_AFTER_BEGIN_MILLIS_MAX = 3_000;
  private static final int ONE_EARLY_KILL_IN = 5;
  private static final Duration FINAL_MAX = Duration.ofSeconds(60);

  @Test
  void a_server_killed_again_and_again_loses_no_task_and_no_money() {
    killUnderLoad(KILLS);
  }

  @Test
  @Tag("proof")
  void a_server_killed_a_thousand_times_loses_no_task_and_no_money() {
    killUnderLoad(KILLS_OF_A_PROOF);
  }

  private static void killUnderLoad(int kills) {
    var seed = Long.getLong("reelay.kill.seed", new SecureRandom().nextLong());
    System.out.printf("kill: %d kills, -Dreelay.kill.seed=%d%n", kills, seed);
    var began = System.nanoTime();

    try (var home = RelayHome.used();
        var load = new KillLoad(CALLERS, seed)) {
      int early = killAgainAndAgain(kills, home, load, new SplittableRandom(seed));
      var last = home.start();
      load.reach(last.client(), 0);
      var started = System.nanoTime();
      load.finish();
      var database = DatabaseView.of(home);
      NothingLost.awaitAllFinal(database, last, FINAL_MAX);
      var finalAfter = Duration.ofNanos(System.nanoTime() - started);

      System.out.printf(
          "kill: %d kills (%d while starting), %s, all final %d ms after the last start, %s%n",
          kills,
          early,
          load.figures(),
          finalAfter.toMillis(),
          Duration.ofNanos(System.nanoTime() - began));
      NothingLost.assertIn(database, load);
      assertThat(finalAfter).isLessThan(FINAL_MAX);
    }
  }

  /** Returns how many of the kills hit a process that was not ready yet. */
  private static int killAgainAndAgain(
      int kills, RelayHome home, KillLoad load, SplittableRandom random) {
    int early = 0;
    for (int kill = 0; kill < kills; kill++) {
      if (random.nextInt(ONE_EARLY_KILL_IN) == 0) {
        early++;
        killSoon(home.begin(), random.nextInt(KILL_AFTER_BEGIN_MILLIS_MAX));
      } else {
        var relay = home.start();
        load.reach(relay.client(), NEW_TASKS_A_LIFE);
        load.awaitAnswers(random.nextInt(NEW_TASKS_A_LIFE));
        killSoon(relay, random.nextInt(KILL_AFTER_ANSWERS_MILLIS_MAX));
      }
    }
    return early;
  }

  private static void killSoon(RelayProcess relay, int millis) {
    assertThat(relay.endsWithin(Duration.ofMillis(millis))).as(relay::report).isFalse();
    relay.kill();
    assertThat(relay.errors()).as("what a killed relay had logged").doesNotContain("ERROR");
  }
}
