package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.provider.unified.UnifiedProvider;
import dev.reelay.testkit.Await;
import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.FaultyLine;
import dev.reelay.testkit.FaultyLine.State;
import dev.reelay.testkit.Pauses;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.TestDatabase;
import dev.reelay.testkit.UpstreamRelay;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A provider that refuses, swallows, fails and hangs, one after the other, while creates come in.
 * The API does not notice, no task fails by it, and all finish soon after its return.
 */
@Tag("process")
class OutageTest {
  private static final Duration PHASE = Duration.ofSeconds(4);
  private static final Duration PHASE_OF_A_PROOF = Duration.ofSeconds(150);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  /** The longest pause between two tries of a task is a minute, and polls take their time. */
  private static final Duration FINISHED_MAX = Duration.ofMinutes(5);

  private static final String MODEL = "patient-video";

  /** Calls that are sent evenly do not arrive so. */
  private static final int UNEVEN_MAX = 2;

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final List<String> ids = new ArrayList<>();
  private final List<Duration> answers = new ArrayList<>();

  @Test
  void an_upstream_that_is_out_in_every_way_fails_no_task_and_slows_no_caller() {
    sitOut(PHASE);
  }

  @Test
  @Tag("proof")
  void an_upstream_that_is_out_for_ten_minutes_fails_no_task_and_slows_no_caller() {
    sitOut(PHASE_OF_A_PROOF);
  }

  private void sitOut(Duration phase) {
    var began = System.nanoTime();
    try (var upstream = UpstreamRelay.start(Duration.ofSeconds(1));
        var line = FaultyLine.to(upstream.port());
        var database = TestDatabase.fresh();
        var home = home(database, line)) {
      var base = URI.create("http://" + line.place());
      var client = home.start().client();
      new UpstreamOffer(MODEL, UnifiedProvider.NAME, base, MODEL, "any").addTo(home);
      assertThat(client.awaitModel(MODEL)).isTrue();
      createFor(phase, client);
      var out = System.nanoTime();
      Await.until(FINISHED_MAX, "some are made", () -> upstream.made() > 0);

      for (var state : List.of(State.REFUSING, State.BLACK_HOLE, State.HANGING)) {
        line.become(state);
        createFor(phase, client);
      }
      upstream.fail(true);
      line.become(State.WELL);
      createFor(phase, client);
      var returned = System.nanoTime();
      upstream.fail(false);
      var view = new DatabaseView(database.dataSource());
      view.awaitZero("select count(*) from task where finished_at is null", FINISHED_MAX);

      System.out.printf(
          "outage: %d tasks, slowest answer %d ms, all final %d ms after the return,"
              + " at most %d submits a second then, %d before, %s%n",
          ids.size(),
          slowest().toMillis(),
          Duration.ofNanos(System.nanoTime() - returned).toMillis(),
          busiestSecond(upstream, returned, Long.MAX_VALUE),
          busiestSecond(upstream, began, out),
          Duration.ofNanos(System.nanoTime() - began));
      NothingLost.assertIn(view, ids);
      assertThat(view.texts("select id from task where state <> 'succeeded'")).isEmpty();
      assertThat(upstream.made()).as("jobs made").isEqualTo(ids.size());
      assertThat(slowest()).isLessThan(ANSWER_MAX);
      assertThat(busiestSecond(upstream, returned, Long.MAX_VALUE))
          .as("submits in one second after the return")
          .isLessThanOrEqualTo(2 * busiestSecond(upstream, began, out) + UNEVEN_MAX);
    }
  }

  private static RelayHome home(TestDatabase database, FaultyLine line) {
    return RelayHome.fresh()
        .with("REELAY_SANDBOX", "false")
        .with("REELAY_DATABASE_URL", database.address())
        .with("REELAY_DATABASE_POOL_SIZE", "8")
        .with("REELAY_ALLOWED_HOSTS", line.place());
  }

  /** A steady caller: a create, and a query of it. */
  private void createFor(Duration length, RelayClient client) {
    var until = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < until) {
      var asked = System.nanoTime();
      var created = client.create(RelayClient.cheap(MODEL, "patience"));
      answers.add(Duration.ofNanos(System.nanoTime() - asked));
      assertThat(created.status()).as(created::text).isEqualTo(200);
      ids.add(created.at("/id").replaceFirst(".*task_", ""));
      assertThat(client.query(created.at("/id")).status()).isEqualTo(200);
      Pauses.of(PAUSE);
    }
  }

  private Duration slowest() {
    return answers.stream().max(Duration::compareTo).orElseThrow();
  }

  /** The most creates that came in within one second from then on. */
  private static int busiestSecond(UpstreamRelay upstream, long from, long to) {
    var seconds =
        upstream.creates().stream()
            .map(UpstreamRelay.Create::nanos)
            .filter(at -> at >= from && at < to)
            .mapToInt(at -> Math.toIntExact((at - from) / SECOND_NANOS))
            .toArray();
    return (int)
        Arrays.stream(seconds)
            .mapToLong(second -> Arrays.stream(seconds).filter(s -> s == second).count())
            .max()
            .orElse(0);
  }
}
