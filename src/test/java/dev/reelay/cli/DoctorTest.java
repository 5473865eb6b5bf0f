package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Doctor finds what is wrong and names the cure. */
class DoctorTest {
  @TempDir Path folder = Path.of("");
  private TestDatabase database = TestDatabase.fresh();
  private CliKit cli = CliKit.over(folder, database);

  @BeforeEach
  void open() {
    cli = CliKit.over(folder, database).set("REELAY_PORT", "0");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void an_empty_installation_is_told_what_it_needs() {
    var ran = cli.run("doctor", "--json");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(level(ran.json(), "channels")).isEqualTo("problem");
    assertThat(level(ran.json(), "keys")).isEqualTo("warning");
    assertThat(level(ran.json(), "relay")).isEqualTo("warning");
    assertThat(level(ran.json(), "java")).isEqualTo("ok");
    assertThat(level(ran.json(), "books")).isEqualTo("ok");
    for (var finding : ran.json().path("findings")) {
      var isFine = finding.path("level").asString().equals("ok");
      assertThat(finding.path("cure").isNull()).as("%s", finding).isEqualTo(isFine);
    }
  }

  @Test
  void a_database_that_is_away_is_a_finding_and_no_crash() {
    var ran = CliKit.without(folder).set("REELAY_PORT", "0").run("doctor", "--json");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(level(ran.json(), "database")).isEqualTo("problem");
    assertThat(level(ran.json(), "disk")).isEqualTo("ok");
  }

  @Test
  void open_folders_and_keys_are_problems() throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    var key = Files.createFile(data.resolve("master.key"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    var findings = cli.run("doctor", "--json").json();

    assertThat(cure(findings, "data_directory")).contains("chmod 700");
    assertThat(cure(findings, "master_key")).contains("chmod 600");
  }

  @Test
  void a_public_bind_wants_an_address_and_a_proxy() {
    cli.set("REELAY_BIND", "0.0.0.0");

    var findings = cli.run("doctor", "--json").json();

    assertThat(cure(findings, "public_url")).contains("REELAY_PUBLIC_URL");
    assertThat(cure(findings, "proxies")).contains("REELAY_TRUSTED_PROXIES");
  }

  @Test
  void a_loopback_bind_behind_a_proxy_wants_it_trusted() {
    cli.set("REELAY_PUBLIC_URL", "https://relay.example");

    assertThat(cure(cli.run("doctor", "--json").json(), "proxies"))
        .contains("REELAY_TRUSTED_PROXIES");
  }

  @Test
  void no_room_and_a_declared_key_are_told() {
    cli.set("REELAY_LIMITS_MIN_FREE_BYTES", "1024GiB")
        .set("REELAY_API_KEY", "a-declared-key-0123456789");

    var ran = cli.run("doctor", "--json");

    assertThat(level(ran.json(), "disk")).isEqualTo("problem");
    assertThat(level(ran.json(), "declared_key")).isEqualTo("warning");
    assertThat(ran.all()).doesNotContain("a-declared-key");
  }

  @Test
  void a_clock_that_disagrees_with_the_database_is_a_problem() {
    assertThat(cure(cli.run("doctor", "--json").json(), "clock")).contains("NTP");
  }

  @Test
  void gaps_between_models_channels_and_prices_are_told_by_name() {
    cli.run("model", "add", "veo", "--seconds", "8");
    cli.set("KEY", "a secret");
    cli.run(
        "channel",
        "add",
        "other",
        "--provider",
        "unified",
        "--base-url",
        "http://relay.example",
        "--credential-env",
        "KEY");
    cli.run("model", "add", "gone", "--seconds", "8");
    cli.run("channel", "map", "other", "gone");
    cli.run("model", "alias", "dead", "gone");
    cli.run("model", "remove", "gone");

    var findings = cli.run("doctor", "--json").json();
    assertThat(text(findings, "model_channels")).contains("veo");
    assertThat(text(findings, "model_prices")).contains("veo");
    assertThat(text(findings, "channel_unknown_models")).contains("gone");
    assertThat(text(findings, "aliases")).contains("dead");
    assertThat(text(findings, "channel_encryption")).contains("other");

    cli.run("channel", "map", "other", "gone", "--remove");
    cli.run("channel", "credential", "other", "--enabled", "no");
    var later = cli.run("doctor", "--json").json();
    assertThat(text(later, "channel_credentials")).contains("other");
    assertThat(text(later, "channel_models")).contains("other");
    cli.run("channel", "disable", "other");
    assertThat(text(cli.run("doctor", "--json").json(), "channels")).contains("out of use");
  }

  @Test
  void expired_keys_and_crooked_books_are_told() throws SQLException {
    cli.run("tenant", "create", "north");
    cli.run("key", "create", "north", "--expires", "2026-01-01");
    cli.run("key", "create", "north");
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("update account set available = 5");
    }

    var findings = cli.run("doctor", "--json").json();

    assertThat(text(findings, "keys")).contains("have expired");
    assertThat(cure(findings, "books")).contains("reelay reconcile");
  }

  @Test
  void a_quiet_doctor_names_only_what_is_not_well() {
    var quiet = List.of(cli.run("doctor", "-q").out().split("\n"));

    assertThat(quiet).contains("channels").doesNotContain("java");
    assertThat(cli.run("doctor").out()).contains("PROBLEM  channels").contains("-> ");
  }

  private static JsonNode finding(JsonNode report, String check) {
    return report
        .path("findings")
        .valueStream()
        .filter(finding -> finding.path("check").asString().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private static String level(JsonNode report, String check) {
    return finding(report, check).path("level").asString();
  }

  private static String text(JsonNode report, String check) {
    return finding(report, check).path("text").asString();
  }

  private static String cure(JsonNode report, String check) {
    return finding(report, check).path("cure").asString();
  }
}
