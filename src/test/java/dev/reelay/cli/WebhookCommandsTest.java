package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's side of webhooks over a real database. */
class WebhookCommandsTest {
  private static final String HOOK = "https://hooks.example/reelay";

  private final TestDatabase database = TestDatabase.fresh();
  @TempDir Path folder = Path.of("");
  private CliKit cli = CliKit.over(folder, database);

  @BeforeEach
  void open() {
    cli = CliKit.over(folder, database);
    assertThat(cli.run("tenant", "create", "acme").exit()).isZero();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String add() {
    return cli.run("webhook", "add", "acme", HOOK, "--json").json().path("id").asString();
  }

  @Test
  void an_added_endpoint_shows_its_secret_once() {
    var added = cli.run("webhook", "add", "acme", HOOK, "--event", "task.failed", "--json").json();

    assertThat(added.path("secret").asString()).startsWith("whsec_");
    assertThat(added.path("events").toString()).isEqualTo("[\"task.failed\"]");
    assertThat(cli.run("webhook", "list").out()).contains(HOOK).doesNotContain("whsec_");
    var shown = cli.run("webhook", "show", added.path("id").asString());
    assertThat(shown.out()).contains("task.failed").doesNotContain("whsec_");
  }

  @Test
  void what_is_no_address_or_no_event_is_refused() {
    assertThat(cli.run("webhook", "add", "acme", "ftp://x.example").exit()).isEqualTo(2);
    assertThat(cli.run("webhook", "add", "acme", HOOK, "--event", "task.begun").exit())
        .isEqualTo(2);
    assertThat(cli.run("webhook", "show", "ep_nothing").err()).contains("reelay webhook list");
    assertThat(cli.run("webhook", "list", "--json").json().path("endpoints")).isEmpty();
  }

  @Test
  void an_endpoint_is_disabled_enabled_tested_rotated_and_deleted() {
    var id = add();

    assertThat(cli.run("webhook", "disable", id).exit()).isZero();
    assertThat(cli.run("webhook", "test", id).err()).contains("reelay webhook enable");
    assertThat(cli.run("webhook", "enable", id).exit()).isZero();
    var delivery = cli.run("webhook", "test", id, "--json").json().path("id").asString();
    assertThat(cli.run("webhook", "deliveries", id, "--state", "pending", "-q").out().strip())
        .isEqualTo(delivery);
    assertThat(cli.run("webhook", "deliveries", delivery).out()).contains("no attempts");
    assertThat(cli.run("webhook", "rotate", id, "-q").out()).startsWith("whsec_");
    assertThat(cli.run("webhook", "delete", id).exit()).isZero();
    assertThat(cli.run("webhook", "show", id).exit()).isEqualTo(1);
  }

  @Test
  void a_delivery_and_a_range_are_replayed() {
    var id = add();
    var delivery = cli.run("webhook", "test", id, "-q").out().strip();

    assertThat(cli.run("webhook", "replay", delivery, "--tenant", "acme").exit()).isZero();
    assertThat(cli.run("webhook", "replay", delivery).exit()).isEqualTo(2);
    var range = cli.run("webhook", "replay", id, "--since", "3d", "--json").json();
    assertThat(range.path("made").asInt(-1)).isZero();
    assertThat(cli.run("webhook", "replay", id).exit()).isEqualTo(2);
  }
}
