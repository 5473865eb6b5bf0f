package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.money.Money;
import dev.reelay.money.Price;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices as a file, and prices that begin later, over a real database. */
class PriceFileTest {
  private static final String ALL_KINDS =
      """
      prices:
        - model: a
          per_video:
            usual: 0.40
        - model: b
          per_second:
            usual: 0.10
            1080p: 0.16
            1080p+audio+references: 0.20
            silent: 0.05
        - model: c
          per_million_tokens: 7.00
          tokens_max: 200000
        - model: d
          per_unit: 0.14
          units_max: 10
        - model: e
          cost_percent: 120
          max: 2.00
      """;

  @TempDir Path folder = Path.of("");
  private TestDatabase database = TestDatabase.fresh();
  private CliKit cli = CliKit.over(folder, database);

  @BeforeEach
  void open() {
    cli = CliKit.over(folder, database);
    for (var model : "a b c d e".split(" ")) {
      cli.run("model", "add", model, "--seconds", "4,8", "--resolution", "720p,1080p");
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("prices.yaml"), text);
  }

  @Test
  void what_is_exported_is_what_was_imported_and_changes_nothing_again() throws IOException {
    write(ALL_KINDS);

    var imported = cli.run("price", "import", "prices.yaml", "--yes");
    var exported = cli.run("price", "export");
    write(exported.out());

    assertThat(imported.out()).contains("set 5 prices");
    assertThat(exported.out()).isEqualTo(ALL_KINDS);
    assertThat(cli.run("price", "diff", "prices.yaml").out()).isEqualTo("no changes\n");
  }

  @Test
  void without_yes_the_changes_are_only_shown() throws IOException {
    cli.run("price", "set", "a", "--per-video", "0.30");
    write("prices:\n  - {model: a, per_video: 0.40}\n  - {model: unknown, per_video: 1}\n");

    var shown = cli.run("price", "import", "prices.yaml");

    assertThat(shown.exit()).isZero();
    assertThat(shown.out())
        .contains("0.30 USD a video", "0.40 USD a video")
        .contains("left out, not models here: unknown")
        .contains("nothing is set without --yes");
    assertThat(cli.run("price", "history", "a", "--json").json().path("versions")).hasSize(1);
  }

  @Test
  void a_price_that_begins_later_holds_from_then_on_and_not_before() throws IOException {
    cli.run("price", "set", "a", "--per-video", "0.30");
    var later = cli.clock.instant().plus(Duration.ofDays(1));
    write("prices:\n  - {model: a, per_video: 0.40, from: '%s'}\n".formatted(later));
    cli.run("price", "import", "prices.yaml", "--yes");
    cli.run("price", "set", "a", "--per-video", "0.35");

    assertThat(amount()).isEqualTo("350000");
    cli.clock.move(Duration.ofDays(1));
    assertThat(amount()).isEqualTo("400000");
    cli.run("price", "set", "a", "--per-video", "0.20");
    assertThat(amount()).isEqualTo("200000");
  }

  @Test
  void a_price_cannot_begin_in_the_past() {
    var past = cli.clock.instant().minusSeconds(1).toString();

    var set = cli.run("price", "set", "a", "--per-video", "0.30", "--from", past);

    assertThat(set.exit()).isEqualTo(1);
    assertThat(set.err()).contains("cannot begin in the past");
  }

  private String amount() {
    var prices = cli.run("price", "list", "--json").json().path("prices");
    return prices.get(0).path("rates").get(0).path("amount_micros").asString();
  }

  @Test
  void the_list_that_comes_along_can_be_read_and_says_that_it_is_to_be_checked() {
    var list = Sources.read(Sources.ROOT.resolve("prices/upstream-2026-11.yaml"));

    assertThat(list.lines().getFirst()).startsWith("# TO BE CHECKED");
    assertThat(PriceFile.read(list.text())).hasSizeGreaterThan(10);
  }

  @Test
  void a_short_form_is_one_amount() {
    var read = PriceFile.read("prices:\n  - {model: a, per_second: 0.1}\n").getFirst();

    assertThat(read.price())
        .isInstanceOfSatisfying(
            Price.PerSecond.class,
            price ->
                assertThat(price.rates().lines().getFirst().amount())
                    .isEqualTo(Money.parse("0.10")));
    assertThat(read.from()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prices: 1|one key, prices",
        "other: []|one key, prices",
        "'prices: [{model: a}]'|needs exactly one of",
        "'prices: [{model: a, per_video: 1, per_second: 1}]'|needs exactly one of",
        "'prices: [{model: a, per_video: 1, max: 1}]'|max does not go with per_video",
        "'prices: [{model: a, per_unit: 1}]'|units_max is missing",
        "'prices: [{model: a, per_video: -1}]'|negative",
        "'prices: [{model: a, per_video: {9p: 1}}]'|no resolution",
        "'prices: [{per_video: 1}]'|model is missing",
        "'prices: [{model: a, per_video: 1, from: tomorrow}]'|tomorrow",
        "'prices: [{model: a, per_video: 1}, {model: a, per_video: 2}]'|begins twice",
        "'prices: ['|no YAML"
      })
  void a_file_that_cannot_be_meant_says_what_is_wrong(String text, String why) {
    assertThatThrownBy(() -> PriceFile.read(text))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why);
  }
}
