package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all commands have in common: help, version, exit codes, errors, the configuration. */
class CommandTreeTest {
  @TempDir Path folder = Path.of("");
  private CliKit cli = CliKit.without(folder);

  @BeforeEach
  void open() {
    cli = CliKit.without(folder);
  }

  @Test
  void help_and_version_end_with_0() {
    assertThat(cli.run("--help").out()).contains("Exit codes").contains("serve").contains("video");
    assertThat(cli.run("--version").out()).startsWith("reelay ");
    var help = cli.run("task", "refund", "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("--reason").contains("--json").contains("--quiet");
  }

  @Test
  void serve_alone_serves_as_it_does_with_options() {
    assertThat(cli.run("serve").exit()).isZero();
    assertThat(cli.run("--config", "none.yaml", "serve").exit()).isEqualTo(2);
    assertThat(cli.run("serve", "--help").out()).contains("Usage: reelay serve");
    assertThat(cli.run("serve", "tenant").exit()).isEqualTo(2);
  }

  @Test
  void a_wrong_command_line_ends_with_2_and_says_where_help_is() {
    assertThat(cli.run().exit()).isEqualTo(2);
    assertThat(cli.run("tenant").err()).contains("try: reelay tenant --help");
    assertThat(cli.run("tenant", "crate").exit()).isEqualTo(2);
    assertThat(cli.run("tenant", "create", "--no-such").exit()).isEqualTo(2);
  }

  @Test
  void a_database_that_is_away_ends_with_3_in_one_line() {
    var ran = cli.run("tenant", "list");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err().strip()).contains("cannot be reached").doesNotContain("\n");
  }

  @Test
  void an_error_is_a_json_document_too() {
    var ran = cli.run("tenant", "list", "--json");

    assertThat(ran.json().path("error").path("exit_code").asInt()).isEqualTo(3);
    assertThat(cli.run("task", "refund", "--json").json().path("error").path("message").asString())
        .isNotEmpty();
  }

  @Test
  void serve_gets_the_configuration_and_its_exit_code_counts() {
    cli.set("REELAY_PORT", "9123");

    assertThat(cli.run("serve").exit()).isZero();
    assertThat(cli.served.getFirst().edge().port()).isEqualTo(9123);
  }

  @Test
  void a_configuration_that_does_not_hold_ends_with_2_and_is_a_finding_of_validate() {
    cli.set("REELAY_PROT", "9123");

    assertThat(cli.run("serve").exit()).isEqualTo(2);
    assertThat(cli.run("tenant", "list").err()).contains("REELAY_PROT");
    var checked = cli.run("config", "validate", "--json");
    assertThat(checked.exit()).isEqualTo(1);
    assertThat(checked.json().path("problems").get(0).asString()).contains("REELAY_PROT");
  }

  @Test
  void config_shows_values_and_origins_and_no_secret() throws IOException {
    Files.writeString(folder.resolve("other.yaml"), "port: 9001\n");
    cli.set("REELAY_API_KEY", "a-declared-key-0123456789").set("REELAY_URL", "http://x");

    var shown = cli.run("config", "--config", "other.yaml");

    assertThat(shown.exit()).isZero();
    assertThat(shown.out()).contains("9001").contains("other.yaml:1").contains("[hidden]");
    assertThat(shown.out()).doesNotContain("a-declared-key");
    var values = cli.run("config", "--json").json().path("values");
    assertThat(values.valueStream().map(value -> value.path("key").asString())).contains("bind");
    assertThat(cli.run("config", "validate").exit()).isZero();
  }

  @Test
  void the_completion_names_every_command() {
    assertThat(cli.run("completion").out())
        .contains("reelay")
        .contains("reconcile")
        .contains("top-up");
  }
}
