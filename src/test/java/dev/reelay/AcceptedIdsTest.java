package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.provider.unified.UnifiedProvider;
import dev.reelay.testkit.Await;
import dev.reelay.testkit.Crowd;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.RelayProcess;
import dev.reelay.testkit.UpstreamRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A provider accepts while the database is gone, and the relay is killed before it is back: the ids
 * are in the local journal, and the next start knows every one of them.
 */
@Tag("process")
class AcceptedIdsTest {
  private static final int ROUNDS = 2;
  private static final int ROUNDS_OF_A_PROOF = 7;
  private static final int TASKS_A_ROUND = 15;
  private static final String MODEL = "accepted-video";
  private static final Duration STEP_MAX = Duration.ofSeconds(30);
  private static final Duration FINAL_MAX = Duration.ofSeconds(90);
  private static final String DOUBTS =
      "select task_id || ' ' || word from task_event"
          + " where word in ('submit.owner_died', 'submit.answer_lost')";

  private final List<String> ids = new ArrayList<>();

  @Test
  void an_id_accepted_while_the_database_is_gone_outlives_a_kill() {
    acceptAndKill(ROUNDS);
  }

  @Test
  @Tag("proof")
  void a_hundred_ids_accepted_while_the_database_is_gone_outlive_kills() {
    acceptAndKill(ROUNDS_OF_A_PROOF);
  }

  private void acceptAndKill(int rounds) {
    var began = System.nanoTime();
    try (var upstream = UpstreamRelay.start(Duration.ZERO);
        var database = new StoppableDatabase();
        var home = RelayHome.fresh().with("REELAY_DATABASE_URL", database.address())) {
      home.with("REELAY_ALLOWED_HOSTS", upstream.place());
      var relay = home.start();
      var base = URI.create("http://" + upstream.place());
      new UpstreamOffer(MODEL, UnifiedProvider.NAME, base, MODEL, "any").addTo(home);
      assertThat(relay.client().awaitModel(MODEL)).isTrue();

      for (int round = 1; round <= rounds; round++) {
        acceptWithoutDatabase(relay, home, upstream, database);
        relay.kill();
        database.startAgain();
        relay = home.start();
        assertThat(database.view().texts(DOUBTS)).as("doubts after round " + round).isEmpty();
      }
      database.view().awaitZero("select count(*) from task where finished_at is null", FINAL_MAX);

      assertThat(upstream.creates()).as("each was sent once").hasSize(rounds * TASKS_A_ROUND);
      assertThat(upstream.made()).isEqualTo(rounds * TASKS_A_ROUND);
      NothingLost.assertIn(database.view(), ids);
      assertThat(database.view().texts("select id from task where state <> 'succeeded'")).isEmpty();
    }
    System.out.printf(
        "accepted: %d of %d ids accepted without a database outlived a kill each, %s%n",
        ids.size(), rounds * TASKS_A_ROUND, Duration.ofNanos(System.nanoTime() - began));
  }

  private void acceptWithoutDatabase(
      RelayProcess relay, RelayHome home, UpstreamRelay upstream, StoppableDatabase database) {
    var before = upstream.made();
    upstream.keepAnswersBack();
    var client = relay.client();
    Crowd.run(TASKS_A_ROUND, i -> () -> client.create(RelayClient.cheap(MODEL, "accepted " + i)))
        .forEach(answer -> ids.add(answer.at("/id").replaceFirst(".*task_", "")));
    Await.until(STEP_MAX, "all are sent", () -> upstream.made() == before + TASKS_A_ROUND);
    database.stopAtOnce();
    upstream.sendAnswers();
    Await.until(
        STEP_MAX,
        "the journal has all of them",
        () ->
            upstream.creates().stream()
                .skip(before)
                .allMatch(create -> journal(home).contains("job-" + create.token())));
  }

  private static String journal(RelayHome home) {
    try {
      return Files.readString(home.data().resolve(Relay.JOURNAL), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
