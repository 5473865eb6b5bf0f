package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.RelayProcess;
import dev.reelay.testkit.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Real processes: what an operator meets at the first start, and what a start refuses. */
@Tag("process")
class StartTest {
  private static final String OTHER_MASTER_KEY =
      "5c1f0e9ad27b43868ef49a0c6d35b7e2187f4cd0a9536be2f41d08c7739be564";
  private static final Pattern PRINTED_KEY = Pattern.compile("rk_[0-9A-Za-z]{38}");
  private static final Pattern CURL = Pattern.compile("(?m)^  (curl (?:.*\\\\\\n)*.*)$");

  @Test
  void the_first_start_prints_a_key_and_two_curls_that_make_a_video_that_plays()
      throws IOException {
    try (var home = RelayHome.fresh().without("REELAY_API_KEY").without("REELAY_API_KEY_BALANCE")) {
      var first = home.start();
      var key = match(PRINTED_KEY, first.awaitOutput("PUT_THE_ID_HERE"));
      var curls = CURL.matcher(first.output()).results().map(found -> found.group(1)).toList();
      assertThat(curls).hasSize(2);

      var created = Shell.run(curls.getFirst());
      var id = JsonMapper.shared().readTree(created).path("id").asString();
      var client = new RelayClient(first.baseUrl(), key);
      client.awaitFinal(id);
      var queried = Shell.run(curls.getLast().replace("PUT_THE_ID_HERE", id));
      var answer = JsonMapper.shared().readTree(queried);

      assertThat(answer.path("status").asString()).isEqualTo("completed");
      var file = home.data().resolveSibling("video.mp4");
      Shell.run("curl -s -o " + file + " " + answer.path("video_url").asString());
      assertPlays(file);
      assertThat(client.get("/v1/dashboard/billing/subscription").at("/hard_limit_usd"))
          .as("the balance that was printed")
          .isEqualTo("5.0");

      first.terminate();
      var second = home.start();
      assertThat(new RelayClient(second.baseUrl(), key).query(id).status()).isEqualTo(200);
      second.terminate();
      assertThat(second.output()).doesNotContain("rk_").doesNotContain("curl");
      assertThat(List.of(first.errors(), second.errors())).noneMatch(log -> log.contains(key));
    }
  }

  private static void assertPlays(Path file) {
    assertThat(Mp4Probe.probe(file))
        .isInstanceOfSatisfying(
            ProbeResult.Playable.class,
            video -> {
              assertThat(video.facts().width()).isEqualTo(1280);
              assertThat(video.facts().height()).isEqualTo(720);
              assertThat(video.facts().durationMillis()).isBetween(3_900L, 4_100L);
            });
  }

  @Test
  void the_data_directory_and_the_generated_master_key_are_for_their_owner_only()
      throws IOException {
    try (var home = RelayHome.fresh().with("REELAY_SANDBOX", "false")) {
      home.start().terminate();

      assertThat(rights(home.data())).isEqualTo("rwx------");
      assertThat(rights(home.data().resolve("master.key"))).isEqualTo("rw-------");
    }
  }

  @Test
  void the_balance_of_a_declared_key_is_applied_once_over_two_starts() {
    try (var home = RelayHome.used().with("REELAY_API_KEY_BALANCE", "7")) {
      var granted = "/data/total_granted";
      var first = home.start();
      var before = first.client().balance().at(granted);
      first.terminate();

      var second = home.start();

      assertThat(second.client().balance().at(granted)).isEqualTo(before).isNotEqualTo("0");
      assertThat(second.client().get("/v1/dashboard/billing/subscription").at("/hard_limit_usd"))
          .isEqualTo("7.0");
    }
  }

  @Test
  void another_master_key_refuses_to_start_and_the_right_one_starts_again() {
    try (var home = RelayHome.used()) {
      home.start().terminate();

      home.with("REELAY_MASTER_KEY", OTHER_MASTER_KEY);
      assertRefused(home.begin(), "the master key (fingerprint ", "REELAY_MASTER_KEY");
      assertThat(home.postgres()).as("the database of the refused start").isEmpty();

      home.without("REELAY_MASTER_KEY").start();
    }
  }

  @Test
  void a_second_relay_on_the_same_data_directory_is_refused_and_does_no_harm() {
    try (var home = RelayHome.used()) {
      var first = home.start();

      assertRefused(home.begin(), "is in use by another Reelay process");

      assertThat(first.client().create(RelayClient.cheap("[instant] still here")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void a_taken_port_is_named_with_the_way_out() throws IOException {
    try (var home = RelayHome.used();
        var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      home.with("REELAY_PORT", Integer.toString(taken.getLocalPort()));

      assertRefused(home.begin(), "127.0.0.1:" + taken.getLocalPort(), "REELAY_PORT");
      assertThat(home.postgres()).as("the database of the refused start").isEmpty();
    }
  }

  @Test
  void an_unknown_variable_is_an_error_that_names_it() {
    try (var home = RelayHome.used().with("REELAY_PROT", "8080")) {
      assertRefused(home.begin(), "REELAY_PROT", "REELAY_PORT");
    }
  }

  private static void assertRefused(RelayProcess relay, String... words) {
    assertThat(relay.awaitExit()).as(relay::report).isNotZero();
    assertThat(relay.report()).contains(words).doesNotContain("Reelay is ready");
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String match(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group();
  }
}
