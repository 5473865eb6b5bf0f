package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.DeskKit;
import dev.reelay.routing.HealthBook;
import dev.reelay.routing.HealthPart.Sign;
import dev.reelay.store.JdbcNodeStore;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Routes, health and ready-made aliases from the command line, over a real database. */
class RouteCommandsTest {
  @TempDir Path folder = Path.of("");
  private TestDatabase database = TestDatabase.fresh();
  private CliKit cli = CliKit.over(folder, database);

  @BeforeEach
  void open() throws IOException {
    cli = CliKit.over(folder, database);
    Files.writeString(folder.resolve("key.txt"), "a secret\n");
    ok("model", "add", "veo-3.1", "--seconds", "8,4", "--images", "1");
    ok("model", "add", "wan-2.6", "--seconds", "5,10");
    ok("price", "set", "veo-3.1", "--per-second", "0.10");
    channel("east", "veo-3.1", "1");
    channel("west", "veo-3.1", "3");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_request_is_explained_with_changes_price_channels_and_reasons() {
    ok("model", "alias", "sora-2", "veo-3.1", "wan-2.6");

    var page = cli.run("route", "explain", "--model", "sora-2", "--seconds", "5", "--json").json();

    var first = page.path("in_order").get(0);
    assertThat(page.path("alias").asBoolean()).isTrue();
    assertThat(first.path("changed").get(0).asString()).isEqualTo("duration 5 becomes 4");
    assertThat(first.path("holds_micros").asString()).isEqualTo("400000");
    assertThat(first.path("candidates")).hasSize(2);
    assertThat(first.path("reasons").toString()).contains("east: usable, priority 0, weight 1");
    assertThat(page.path("in_order").get(1).path("candidates")).isEmpty();
  }

  @Test
  void the_cheapest_goes_first_where_a_model_prefers_it_and_says_what_it_costs() {
    ok("cost", "set", "east", "veo-3.1", "--per-second", "0.05");
    ok("cost", "set", "west", "veo-3.1", "--per-second", "0.30", "--exchange", "0.1");

    var preferred = cli.run("model", "prefer", "veo-3.1", "cheapest");
    ok("model", "add", "veo-3.1", "--seconds", "8,4", "--images", "1");
    var row = explain("veo-3.1");

    assertThat(preferred.out()).isEqualTo("veo-3.1: of equal channels the cheapest goes first\n");
    assertThat(row.path("prefers").asString()).isEqualTo("cheapest");
    assertThat(row.path("candidates").get(0).asString()).startsWith("west");
    assertThat(row.path("expected_cost").get(0).path("channel").asString()).isEqualTo("west");
    assertThat(row.path("expected_cost").get(0).path("cost_micros").asString()).isEqualTo("240000");
    assertThat(row.path("reasons").toString())
        .contains("of equal ones the cheapest goes first")
        .contains("east: usable, priority 0, weight 1, costs 0.40");
    assertThat(cli.run("model", "prefer", "veo-3.1", "best").exit()).isEqualTo(2);
    assertThat(cli.run("model", "prefer", "none", "weight").exit()).isEqualTo(1);
  }

  @Test
  void a_tenants_factors_are_in_what_a_request_of_it_would_hold() {
    ok("tenant", "create", "acme");
    ok("tenant", "factor", "acme", "0.5");

    assertThat(explain("veo-3.1").path("holds_micros").asString()).isEqualTo("800000");
    assertThat(explain("veo-3.1", "--tenant", "acme").path("holds_micros").asString())
        .isEqualTo("400000");
  }

  private JsonNode explain(String model, String... more) {
    var line = new ArrayList<>(List.of("route", "explain", "--model", model, "--json"));
    line.addAll(List.of(more));
    return cli.run(line.toArray(String[]::new)).json().path("in_order").get(0);
  }

  @Test
  void a_request_that_does_not_fit_is_explained_too() {
    var page = cli.run("route", "explain", "--model", "veo-3.1", "--seconds", "5");

    assertThat(page.exit()).isZero();
    assertThat(page.out()).contains("duration 5 is not possible; allowed: 4, 8");
    assertThat(cli.run("route", "explain", "--model", "nothing").exit()).isEqualTo(1);
  }

  @Test
  void what_a_relay_has_out_of_use_is_shown_explained_and_reset() {
    takeOut("east");

    var health = cli.run("channel", "health", "--json").json().path("out_of_use").get(0);
    assertThat(health.path("channel").asString()).isEqualTo("east");
    assertThat(health.path("what").asString()).isEqualTo("credential main");
    assertThat(health.path("why").asString()).isEqualTo("no money");
    assertThat(cli.run("channel", "health", "west").out()).contains("no out of use");
    var explained = cli.run("route", "explain", "--model", "veo-3.1", "--json").json();
    var row = explained.path("in_order").get(0);
    assertThat(row.path("candidates")).hasSize(1);
    assertThat(row.path("waited_for").get(0).asString()).startsWith("east as veo-3.1");
    assertThat(row.path("reasons").toString()).contains("no money");
    assertThat(cli.run("channel", "reset", "east").out()).contains("east is well");
    assertThat(cli.run("channel", "reset", "nowhere").exit()).isEqualTo(1);
  }

  @Test
  void ready_made_aliases_are_shown_first_and_lead_only_to_models_that_are_here() {
    var shown = cli.run("alias", "import", "sora");
    assertThat(shown.out()).contains("sora-2-pro", "veo-3.1, wan-2.6", "without --apply");
    assertThat(cli.run("model", "list", "--json").json().path("aliases")).isEmpty();

    ok("model", "add", "sora-2-pro", "--seconds", "4");
    var made = cli.run("alias", "import", "sora", "--apply");

    assertThat(made.out()).contains("left alone: sora-2-pro");
    var aliases = cli.run("model", "list", "--json").json().path("aliases");
    assertThat(aliases.valueStream().map(a -> a.path("name").asString()))
        .containsExactly(
            "sora-2",
            "sora-2-2025-10-06",
            "sora-2-2025-12-08",
            "sora-2-all",
            "sora-2-pro-2025-10-06");
    assertThat(aliases.get(0).path("models").toString()).isEqualTo("[\"veo-3.1\",\"wan-2.6\"]");
  }

  @Test
  void ready_made_aliases_can_be_led_elsewhere() {
    ok("alias", "import", "sora", "--to", "wan-2.6", "--apply");

    var aliases = cli.run("model", "list", "--json").json().path("aliases");
    assertThat(aliases.get(0).path("models").toString()).isEqualTo("[\"wan-2.6\"]");
    assertThat(cli.run("alias", "import", "sora", "--to", "nothing").exit()).isEqualTo(1);
    assertThat(cli.run("alias", "import", "nothing").exit()).isEqualTo(2);
  }

  @Test
  void a_proxy_is_set_shown_without_its_password_and_removed() throws IOException {
    Files.writeString(folder.resolve("password.txt"), "very secret\n");

    var set =
        cli.run(
            "channel",
            "proxy",
            "east",
            "--socks5",
            "[::1]:1080",
            "--user",
            "relay",
            "--password-file",
            folder.resolve("password.txt").toString());
    var shown = cli.run("channel", "show", "east");

    assertThat(set.out()).contains("go by socks5 [::1]:1080");
    assertThat(shown.out()).contains("socks5 [::1]:1080 as relay").doesNotContain("very secret");
    assertThat(cli.run("channel", "proxy", "east", "--remove").exit()).isZero();
    assertThat(cli.run("channel", "proxy", "east", "--remove").exit()).isEqualTo(1);
    assertThat(cli.run("channel", "show", "east").out()).doesNotContain("socks5");
  }

  @Test
  void a_proxy_that_is_not_said_clearly_is_refused() {
    for (var words :
        List.of(
            List.of("--http", "a:1", "--socks5", "b:1"),
            List.of("--http", "nowhere"),
            List.of("--http", "a:99999"),
            List.of("--http", "a:1", "--user", "me"),
            List.of("--remove", "--http", "a:1"),
            List.<String>of())) {
      var all = new ArrayList<>(List.of("channel", "proxy", "east"));
      all.addAll(words);

      assertThat(cli.run(all.toArray(String[]::new)).exit()).as("%s", words).isEqualTo(2);
    }
  }

  private void takeOut(String channel) {
    var clock = new ManualClock();
    try (var desk = new DeskKit(database, clock).open()) {
      new JdbcNodeStore(database.dataSource()).register("node-a", Duration.ofMinutes(5));
      var found = desk.offer().channels().find(channel).orElseThrow();
      var book = new HealthBook(desk.database().get()::now);
      book.note(
          found.channel().id(),
          found.credentials().getFirst().id(),
          "veo-3.1",
          Sign.ACCOUNT_REFUSED,
          "no money");
      desk.offer().health().show("node-a", book.outages());
    }
  }

  private void channel(String name, String model, String weight) {
    ok(
        "channel",
        "add",
        name,
        "--provider",
        "unified",
        "--base-url",
        "https://" + name + ".example",
        "--map",
        model,
        "--weight",
        weight,
        "--credential-file",
        folder.resolve("key.txt").toString());
  }

  private void ok(String... words) {
    var run = cli.run(words);
    assertThat(run.exit()).as(run.err()).isZero();
  }
}
