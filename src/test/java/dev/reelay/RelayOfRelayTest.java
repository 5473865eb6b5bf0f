package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.provider.openai.OpenAiProvider;
import dev.reelay.provider.unified.UnifiedProvider;
import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.RelayProcess;
import dev.reelay.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One relay as the upstream of another, both in processes of their own, and both killed under load:
 * what the front one sells is made once and paid once at the back.
 */
@Tag("process")
class RelayOfRelayTest {
  private static final String MODEL = "relayed-video";
  private static final int CALLERS = 4;
  private static final int TASKS_A_PART = 8;
  private static final Duration FINAL_MAX = Duration.ofMinutes(2);
  private static final String OPEN = "select count(*) from task where finished_at is null";
  private static final String SETTLED =
      "select coalesce(sum(amount), 0) from ledger_entry where kind = 'settle'";
  private static final String SUCCEEDED = "select count(*) from task where state = 'succeeded'";

  @TempDir private Path folder;

  @Test
  void a_relay_behind_a_unified_channel_makes_each_task_once_though_both_are_killed() {
    relayAndKillBoth(UnifiedProvider.NAME);
  }

  @Test
  void a_relay_behind_an_openai_channel_makes_each_task_once_though_both_are_killed() {
    relayAndKillBoth(OpenAiProvider.NAME);
  }

  private void relayAndKillBoth(String provider) {
    var seed = Long.getLong("reelay.relayed.seed", new SecureRandom().nextLong());
    System.out.printf("relayed: %s, -Dreelay.relayed.seed=%d%n", provider, seed);
    var began = System.nanoTime();
    try (var behind = TestDatabase.fresh();
        var before = TestDatabase.fresh();
        var back = home(behind).with("REELAY_PORT", freePort());
        var front = home(before).with("REELAY_SANDBOX", "false");
        var load = new KillLoad(MODEL, CALLERS, seed)) {
      var backRelay = back.start();
      var base = backRelay.baseUrl();
      var frontRelay = front.with("REELAY_ALLOWED_HOSTS", base.getAuthority()).start();
      new UpstreamOffer(MODEL, provider, base, "sandbox-video", RelayHome.KEY).addTo(front);
      assertThat(frontRelay.client().awaitModel(MODEL)).isTrue();

      load.reach(frontRelay.client(), TASKS_A_PART);
      load.awaitAnswers(TASKS_A_PART / 2);
      backRelay.kill();
      load.reach(frontRelay.client(), TASKS_A_PART);
      load.awaitAnswers(TASKS_A_PART / 2);
      back.start();
      load.reach(frontRelay.client(), TASKS_A_PART);
      load.awaitAnswers(TASKS_A_PART / 2);
      frontRelay.kill();
      frontRelay = front.start();
      load.reach(frontRelay.client(), TASKS_A_PART);
      load.finish();
      new DatabaseView(before.dataSource()).awaitZero(OPEN, FINAL_MAX);

      System.out.printf(
          "relayed: %s, %s, %s%n",
          provider, load.figures(), Duration.ofNanos(System.nanoTime() - began));
      assertOnceEach(new DatabaseView(before.dataSource()), behind, load);
      assertPlays(frontRelay);
    }
  }

  private static RelayHome home(TestDatabase database) {
    return RelayHome.fresh()
        .with("REELAY_DATABASE_URL", database.address())
        .with("REELAY_DATABASE_POOL_SIZE", "8");
  }

  /** Its address must outlive its death: the front one knows only this one. */
  private static String freePort() {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return String.valueOf(taken.getLocalPort());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertOnceEach(DatabaseView front, TestDatabase behind, KillLoad load) {
    NothingLost.assertIn(front, load);
    var back = new DatabaseView(behind.dataSource());
    back.awaitZero(OPEN, FINAL_MAX);
    NothingLost.assertIn(back, back.texts("select id from task"));
    assertThat(back.number("select count(*) from task"))
        .as("tasks that the back relay was made to make")
        .isEqualTo(load.taskIds().size());
    assertThat(back.number(SUCCEEDED)).isEqualTo(front.number(SUCCEEDED));
    assertThat(front.number(SETTLED))
        .isEqualTo(front.number(SUCCEEDED) * UpstreamOffer.PRICE.micros());
    assertThat(front.texts("select distinct fate from attempt where fate in ('in_doubt')"))
        .isEmpty();
  }

  private void assertPlays(RelayProcess front) {
    var id = front.client().create(RelayClient.cheap(MODEL, "[instant] plays")).at("/id");
    var made = front.client().awaitFinal(id);
    var file = folder.resolve("video.mp4");
    try (var in = URI.create(made.at("/video_url")).toURL().openStream()) {
      Files.copy(in, file);
    } catch (IOException e) {
      throw new AssertionError(made.text(), e);
    }
    assertThat(made.at("/video_url")).startsWith(front.baseUrl().toString());
    assertThat(Mp4Probe.probe(file)).isInstanceOf(ProbeResult.Playable.class);
  }
}
