package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.provider.unified.UnifiedProvider;
import dev.reelay.testkit.Await;
import dev.reelay.testkit.Crowd;
import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.QuickFolder;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.RelayProcess;
import dev.reelay.testkit.TestDatabase;
import dev.reelay.testkit.UpstreamRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three relays in processes of their own on one database, with one folder for results. The provider
 * calls back at each of them, before its answer and again and again afterwards.
 */
@Tag("process")
class ThreeNodesTest {
  private static final int NODE_COUNT = 3;
  private static final int CALLERS = 4;
  private static final int ROUNDS_OF_A_PROOF = 20;
  private static final int WATCHED = 6;
  private static final int TERMINATED = 143;
  private static final String MODEL = "clustered-video";

  /** Nobody calls it: the provider of this test knows where the nodes are. */
  private static final String PUBLIC_URL = "https://relay.example";

  private static final String MASTER_KEY =
      "9c1d40b7e2f85a36c07be91f4d28a65370fbc8129e4d6a03b5f7182c96de40ab";
  private static final Duration CALLER_PAUSE = Duration.ofMillis(200);
  private static final Duration PROVIDER_THINKS = Duration.ofMillis(300);
  private static final Duration JOB_TAKES = Duration.ofSeconds(1);
  private static final Duration FINAL_MAX = Duration.ofMinutes(2);

  /** The lease, a sweep, and what two slow cores need. */
  private static final Duration TAKEN_OVER_MAX = Duration.ofSeconds(30 + 5 + 15);

  /** The net under the views: none is older. */
  private static final Duration TRUTH_MAX = Duration.ofSeconds(15);

  private static final List<RelayHome> HOMES = new ArrayList<>();
  private static final List<RelayProcess> NODES = new CopyOnWriteArrayList<>();
  private static TestDatabase database;
  private static DatabaseView view;
  private static QuickFolder results;
  private static UpstreamRelay upstream;

  private final long seed = Long.getLong("reelay.cluster.seed", new SecureRandom().nextLong());
  private final long began = System.nanoTime();

  /** All at once, as a cluster comes up after a power cut. */
  @BeforeAll
  static void start() {
    database = TestDatabase.fresh();
    view = new DatabaseView(database.dataSource());
    results = QuickFolder.make();
    upstream = UpstreamRelay.start(JOB_TAKES, PROVIDER_THINKS);
    for (int node = 0; node < NODE_COUNT; node++) {
      HOMES.add(home());
    }
    var base = URI.create("http://" + upstream.place());
    new UpstreamOffer(MODEL, UnifiedProvider.NAME, base, MODEL, "any").addTo(HOMES.getFirst());
    HOMES.forEach(home -> NODES.add(home.begin()));
    NODES.forEach(RelayProcess::awaitReady);
    upstream.callBackAt(() -> NODES.stream().map(RelayProcess::baseUrl).toList());
  }

  private static RelayHome home() {
    return RelayHome.fresh()
        .with("REELAY_SANDBOX", "false")
        .with("REELAY_PUBLIC_URL", PUBLIC_URL)
        .with("REELAY_MASTER_KEY", MASTER_KEY)
        .with("REELAY_DATABASE_URL", database.address())
        .with("REELAY_DATABASE_POOL_SIZE", "8")
        .with("REELAY_RESULTS_DIR", results.path().toString())
        .with("REELAY_ALLOWED_HOSTS", upstream.place());
  }

  @AfterAll
  static void stop() {
    HOMES.forEach(RelayHome::close);
    upstream.close();
    database.close();
    results.close();
  }

  @Test
  void the_tasks_of_a_killed_node_are_taken_over_and_each_ends_once() {
    System.out.printf("three nodes: -Dreelay.cluster.seed=%d%n", seed);
    try (var load = new ClusterLoad(MODEL, clients(), CALLERS, CALLER_PAUSE, seed)) {
      var truth = longestUntilAllTellTheTruth();
      var dead = nodeName(HOMES.getFirst());
      NODES.getFirst().kill();
      var killed = System.nanoTime();
      var left = view.number(openOf(dead));
      Await.until(TAKEN_OVER_MAX, "all are taken over", () -> view.number(openOf(dead)) == 0);
      var takenAfter = Duration.ofNanos(System.nanoTime() - killed);
      NODES.set(0, HOMES.getFirst().start());
      load.reach(clients());
      load.finish();
      view.awaitZero("select count(*) from task where finished_at is null", FINAL_MAX);

      System.out.printf(
          "three nodes: %s, one killed with %d open, taken after %d ms,"
              + " truth everywhere after at most %d ms, %d callbacks heard, %s%n",
          load.figures(),
          left,
          takenAfter.toMillis(),
          truth.toMillis(),
          upstream.callsHeard(),
          sinceBegin());
      assertThat(load.faults()).isEmpty();
      assertThat(view.texts("select id from task")).containsAll(load.taskIds());
      assertEachEndedOnce();
    }
  }

  @Test
  void nodes_restarted_one_by_one_under_load_fail_no_call_and_doubt_no_submit() {
    restartInTurn(1);
  }

  @Test
  @Tag("proof")
  void nodes_restarted_one_by_one_very_often_fail_no_call_and_doubt_no_submit() {
    restartInTurn(ROUNDS_OF_A_PROOF);
  }

  private void restartInTurn(int rounds) {
    System.out.printf("rolling: -Dreelay.cluster.seed=%d%n", seed);
    try (var load = new ClusterLoad(MODEL, clients(), CALLERS, CALLER_PAUSE, seed)) {
      for (int turn = 0; turn < rounds * NODE_COUNT; turn++) {
        int node = turn % NODE_COUNT;
        var made = upstream.made();
        Await.until(FINAL_MAX, "submits are under way", () -> upstream.made() >= made + CALLERS);
        assertThat(NODES.get(node).terminate()).isIn(0, TERMINATED);
        assertThat(NODES.get(node).errors())
            .doesNotContain("did not end in time")
            .doesNotContain("ERROR");
        NODES.set(node, HOMES.get(node).start());
        load.reach(clients());
      }
      load.finish();
      view.awaitZero("select count(*) from task where finished_at is null", FINAL_MAX);

      System.out.printf(
          "rolling: %d restarts, %s, %s%n", rounds * NODE_COUNT, load.figures(), sinceBegin());
      assertThat(load.faults()).isEmpty();
      assertThat(view.texts(DOUBTED))
          .as("tasks with a submit of unknown outcome")
          .doesNotContainAnyElementsOf(load.taskIds());
      assertThat(view.texts("select id from task")).containsAll(load.taskIds());
      assertEachEndedOnce();
    }
  }

  private void assertEachEndedOnce() {
    NothingLost.assertIn(view, view.texts("select id from task"));
    assertThat(view.texts("select id from task where state <> 'succeeded'")).isEmpty();
    assertThat(upstream.made()).as("jobs made").isEqualTo((int) view.number(TASKS));
    assertThat(upstream.callsHeard()).as("callbacks heard").isGreaterThan(upstream.made());
    // A node that stops may have written an attempt that it then does not send.
    assertThat(view.number("select count(*) from attempt where fate <> 'not_sent'"))
        .isEqualTo(view.number(TASKS));
  }

  private static final String DOUBTED =
      "select task_id from task_event where word in ('submit.owner_died', 'submit.answer_lost')";

  private static final String TASKS = "select count(*) from task";

  /** From the first node that calls a task completed to the last one, over some tasks. */
  private Duration longestUntilAllTellTheTruth() {
    var lags =
        Crowd.run(
            WATCHED,
            i ->
                () -> {
                  var created =
                      clients().get(i % NODE_COUNT).create(RelayClient.cheap(MODEL, "seen"));
                  var seen =
                      Crowd.run(NODE_COUNT, node -> () -> completedAt(node, created.at("/id")));
                  var last = seen.stream().mapToLong(Long::longValue).max().orElseThrow();
                  return last - seen.stream().mapToLong(Long::longValue).min().orElseThrow();
                });
    var longest = Duration.ofNanos(lags.stream().mapToLong(Long::longValue).max().orElseThrow());
    assertThat(longest).isLessThan(TRUTH_MAX);
    return longest;
  }

  private long completedAt(int node, String id) {
    assertThat(clients().get(node).awaitFinal(id).at("/status")).isEqualTo("completed");
    return System.nanoTime();
  }

  private static List<RelayClient> clients() {
    return IntStream.range(0, NODE_COUNT).mapToObj(node -> NODES.get(node).client()).toList();
  }

  private static String nodeName(RelayHome home) {
    try {
      return Files.readString(home.data().resolve(Relay.NODE_NAME)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String openOf(String node) {
    return "select count(*) from task where finished_at is null and owner_node = '" + node + "'";
  }

  private Duration sinceBegin() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
