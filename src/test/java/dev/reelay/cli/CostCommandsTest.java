package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Sources;
import dev.reelay.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What providers ask, from the command line and as a file, over a real database. */
class CostCommandsTest {
  private static final String ALL_KINDS =
      """
      costs:
        - channel: 'north: 1'
          model: kling-v3
          exchange: 25/178
          per_second:
            usual: 0.60
            1080p+audio+references: 1.20
        - channel: south
          model: kling-v3
          cost_percent: 90
          max: 2.00
        - channel: south
          model: owner/film:3
          per_million_tokens: 7.00
          tokens_max: 200000
      """;

  @TempDir Path folder = Path.of("");
  private TestDatabase database = TestDatabase.fresh();
  private CliKit cli = CliKit.over(folder, database);

  @BeforeEach
  void open() throws IOException {
    cli = CliKit.over(folder, database);
    write("key.txt", "sk-very-secret-0123456789");
    cli.run("model", "add", "kling", "--seconds", "5");
    cli.run("model", "add", "film", "--seconds", "5");
    channel("north: 1");
    channel("south");
    cli.run("channel", "map", "south", "film", "owner/film:3");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_is_exported_is_what_was_imported_and_changes_nothing_again() throws IOException {
    write("costs.yaml", ALL_KINDS);

    var imported = cli.run("cost", "import", "costs.yaml", "--yes");
    var exported = cli.run("cost", "export");
    write("costs.yaml", exported.out());

    assertThat(imported.out()).contains("set 3 costs");
    assertThat(exported.out()).isEqualTo(ALL_KINDS);
    assertThat(cli.run("cost", "diff", "costs.yaml").out()).isEqualTo("no changes\n");
  }

  @Test
  void without_yes_an_import_shows_and_sets_nothing() throws IOException {
    write("costs.yaml", ALL_KINDS);

    var shown = cli.run("cost", "import", "costs.yaml");

    assertThat(shown.out())
        .contains("0.60, 1080p with sound with references 1.20 of its currency a second")
        .contains("one of it is 25/178 USD")
        .contains("nothing is set without --yes");
    assertThat(cli.run("cost", "list").out()).isEqualTo("no costs\n");
  }

  @Test
  void the_shipped_list_becomes_the_costs_of_the_channels_that_are_named() throws IOException {
    var list = Sources.read(Sources.ROOT.resolve("prices/upstream-2026-11.yaml"));
    write("list.yaml", list.text());

    var unnamed = cli.run("cost", "import", "list.yaml", "--yes");
    var taken = cli.run("cost", "import", "list.yaml", "--yes", "--channel", "south");
    var costs = cli.run("cost", "list", "--json").json().path("costs");

    assertThat(unnamed.exit()).isEqualTo(2);
    assertThat(unnamed.err()).contains("--channel");
    assertThat(taken.out()).contains("set 1 costs").contains("veo-3.1 on south");
    assertThat(costs.size()).isEqualTo(1);
    assertThat(costs.get(0).path("channel").asString()).isEqualTo("south");
    assertThat(costs.get(0).path("upstream_model").asString()).isEqualTo("kling-v3");
  }

  @Test
  void a_cost_has_versions_an_exchange_and_a_beginning() {
    var first = cli.run("cost", "set", "south", "kling-v3", "--per-second", "0.084");
    var later = cli.clock.instant().plus(Duration.ofDays(1)).toString();
    var second =
        cli.run(
            "cost",
            "set",
            "south",
            "kling-v3",
            "--per-second",
            "0.60",
            "--rate",
            "1080p=0.80",
            "--exchange",
            "1/7.12",
            "--from",
            later);

    assertThat(first.out())
        .isEqualTo("south asks for kling-v3: 0.084 USD a second, from now on (version 1)\n");
    assertThat(second.out())
        .isEqualTo(
            "south asks for kling-v3: 0.60, 1080p 0.80 of its currency a second; one of it is"
                + " 25/178 USD, from "
                + later
                + " (version 2)\n");
    assertThat(cli.run("cost", "list").out()).contains("0.084 USD").doesNotContain("0.60");
    var history = cli.run("cost", "history", "south", "kling-v3", "--json").json();
    assertThat(history.path("versions").size()).isEqualTo(2);
    assertThat(history.path("versions").get(0).path("valid_from").asString()).isEqualTo(later);
  }

  @Test
  void what_could_never_be_a_cost_is_refused_with_the_way_out() throws IOException {
    assertThat(cli.run("cost", "set", "south", "kling-v9", "--per-video", "1").err())
        .contains("maps no model to kling-v9; it has kling-v3, owner/film:3");
    assertThat(cli.run("cost", "set", "west", "kling-v3", "--per-video", "1").err())
        .contains("there is no channel west");
    assertThat(
            cli.run("cost", "set", "south", "kling-v3", "--per-video", "1", "--exchange", "0")
                .exit())
        .isEqualTo(2);
    assertThat(
            cli.run(
                    "cost",
                    "set",
                    "south",
                    "kling-v3",
                    "--per-video",
                    "1",
                    "--from",
                    "2001-01-01T00:00:00Z")
                .err())
        .contains("the cost of kling-v3 cannot begin in the past");
    write("costs.yaml", "costs:\n  - {channel: south, model: kling-v3, per_dream: 1}\n");
    assertThat(cli.run("cost", "diff", "costs.yaml").err())
        .contains("entry 1 of the costs")
        .contains("needs exactly one of");
    write("costs.yaml", ALL_KINDS);
    assertThat(cli.run("cost", "diff", "costs.yaml", "--channel", "south").err())
        .contains("this one names its channels");
    write("costs.yaml", "costs:\n  - {channel: south, model: other, per_video: 1}\n");
    assertThat(cli.run("cost", "diff", "costs.yaml").out()).contains("other on south");
  }

  private void channel(String name) {
    cli.run(
        "channel",
        "add",
        name,
        "--provider",
        "unified",
        "--base-url",
        "https://relay.example",
        "--credential-file",
        "key.txt");
    cli.run("channel", "map", name, "kling", "kling-v3");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
