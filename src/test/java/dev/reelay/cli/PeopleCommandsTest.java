package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.ApiKeyFormat;
import dev.reelay.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants, plans, keys and the ledger from the command line, over a real database. */
class PeopleCommandsTest {
  @TempDir Path folder = Path.of("");
  private TestDatabase database = TestDatabase.fresh();
  private CliKit cli = CliKit.over(folder, database);

  @BeforeEach
  void open() {
    cli = CliKit.over(folder, database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_tenant_is_made_topped_up_corrected_and_shown() {
    var made = cli.run("tenant", "create", "north", "--quiet");
    assertThat(made.exit()).isZero();
    assertThat(made.out().strip()).matches("[0-9]+");

    var added = cli.run("tenant", "top-up", "north", "25", "--reason", "invoice 7");
    assertThat(added.out()).contains("added 25.00 USD to north").contains("25.00 USD");
    assertThat(cli.run("tenant", "correct", "north", "5", "--reason", "typed twice").exit())
        .isZero();

    var shown = cli.run("tenant", "show", made.out().strip(), "--json").json();
    assertThat(shown.path("name").asString()).isEqualTo("north");
    assertThat(shown.path("available_micros").asString()).isEqualTo("20000000");
    assertThat(shown.path("keys").isArray()).isTrue();
    var ledger = cli.run("ledger", "--tenant", "north", "--json").json().path("entries");
    assertThat(ledger.valueStream().map(entry -> entry.path("kind").asString()))
        .containsExactly("correction", "top_up");
    assertThat(ledger.get(1).path("reason").asString()).isEqualTo("invoice 7");
  }

  @Test
  void what_cannot_be_done_with_a_tenant_is_one_line_and_ends_with_1() {
    cli.run("tenant", "create", "north");

    for (var refused :
        new CliKit.Ran[] {
          cli.run("tenant", "create", "north"),
          cli.run("tenant", "create", "south", "--plan", "gold"),
          cli.run("tenant", "show", "west"),
          cli.run("tenant", "top-up", "west", "1"),
          cli.run("tenant", "correct", "north", "1", "--reason", "x"),
          cli.run("tenant", "plan", "north", "gold"),
        }) {
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err().strip()).startsWith("reelay: ").doesNotContain("\n");
    }
  }

  @Test
  void an_amount_that_is_none_is_a_wrong_command_line() {
    cli.run("tenant", "create", "north");

    assertThat(cli.run("tenant", "top-up", "north", "-1").exit()).isEqualTo(2);
    assertThat(cli.run("tenant", "top-up", "north", "0").exit()).isEqualTo(2);
    assertThat(cli.run("tenant", "top-up", "north", "0.0000001").err()).contains("no amount");
    assertThat(cli.run("tenant", "correct", "north", "1").err()).contains("--reason");
  }

  @Test
  void a_plan_is_made_changed_and_given() {
    cli.run("tenant", "create", "north");

    var set = cli.run("plan", "set", "gold", "--open-tasks", "7", "--factor", "0.8");
    assertThat(set.out()).contains("at most 7 open tasks").contains("price factor 0.8");
    var freed = cli.run("plan", "set", "gold", "--open-tasks", "none", "--json").json();
    assertThat(freed.path("open_tasks_max").isNull()).isTrue();
    assertThat(freed.path("factor").asString()).isEqualTo("0.8");
    assertThat(cli.run("tenant", "plan", "north", "gold").out()).contains("north has plan gold");
    assertThat(cli.run("plan", "list", "--quiet").out()).contains("default").contains("gold");
    assertThat(cli.run("plan", "set", "gold", "--factor", "-1").exit()).isEqualTo(2);
  }

  @Test
  void a_tenant_has_a_factor_of_its_own_beside_that_of_its_plan() {
    cli.run("tenant", "create", "north");
    cli.run("plan", "set", "default", "--factor", "0.8");

    var set = cli.run("tenant", "factor", "north", "0.9");

    assertThat(set.out())
        .isEqualTo("north has price factor 0.9; with plan default it pays 0.72 times the price\n");
    assertThat(cli.run("tenant", "show", "north", "--json").json().path("factor").asString())
        .isEqualTo("0.9");
    assertThat(cli.run("tenant", "factor", "south", "1").exit()).isEqualTo(1);
    assertThat(cli.run("tenant", "factor", "north", "1001").exit()).isEqualTo(2);
    assertThat(cli.run("tenant", "factor", "north", "0.1234567").exit()).isEqualTo(2);
  }

  @Test
  void a_new_key_is_printed_once_and_never_again() {
    cli.run("tenant", "create", "north");

    var made = cli.run("key", "create", "north", "--name", "web", "--spend-limit", "3", "--json");
    var text = made.json().path("api_key").asString();
    assertThat(ApiKeyFormat.check(text)).isEqualTo(ApiKeyFormat.Form.OURS);
    var id = made.json().path("id").asString();

    var later =
        cli.run("key", "list").all()
            + cli.run("key", "show", id).all()
            + cli.run("key", "list", "--tenant", "north", "--json").all()
            + cli.run("tenant", "show", "north").all();
    assertThat(later).contains("web").doesNotContain(text).doesNotContain(text.substring(3, 30));
  }

  @Test
  void a_quiet_create_prints_the_key_alone() {
    cli.run("tenant", "create", "north");

    var made = cli.run("key", "create", "north", "-q");

    assertThat(ApiKeyFormat.check(made.out().strip())).isEqualTo(ApiKeyFormat.Form.OURS);
  }

  @Test
  void limits_change_one_by_one_and_a_key_is_revoked_once() {
    cli.run("tenant", "create", "north");
    var id = cli.run("key", "create", "north", "--spend-limit", "3", "--json").json().path("id");

    var limited =
        cli.run("key", "limit", id.asString(), "--open-tasks", "2", "--expires", "30d", "--json");
    assertThat(limited.json().path("spend_limit_micros").asString()).isEqualTo("3000000");
    assertThat(limited.json().path("open_tasks_max").asInt()).isEqualTo(2);
    assertThat(limited.json().path("expires_at").asString()).startsWith("2026-12-23T08:00");
    var freed = cli.run("key", "limit", id.asString(), "--spend-limit", "none", "--json").json();
    assertThat(freed.path("spend_limit_micros").isNull()).isTrue();
    assertThat(freed.path("open_tasks_max").asInt()).isEqualTo(2);

    assertThat(cli.run("key", "revoke", id.asString()).exit()).isZero();
    assertThat(cli.run("key", "revoke", id.asString()).exit()).isEqualTo(1);
    assertThat(cli.run("key", "show", id.asString()).out()).contains("revoked");
    assertThat(cli.run("key", "show", "999").exit()).isEqualTo(1);
    assertThat(cli.run("key", "limit", id.asString()).exit()).isEqualTo(2);
    assertThat(cli.run("key", "limit", id.asString(), "--expires", "soon").exit()).isEqualTo(2);
  }

  @Test
  void a_plan_says_how_often_its_tenants_may_call() {
    var usual = cli.run("plan", "set", "gold", "--open-tasks", "10", "--json").json();
    var set = cli.run("plan", "set", "gold", "--create-rpm", "5", "--query-rpm", "50", "--json");
    var freed = cli.run("plan", "set", "gold", "--query-rpm", "none", "--json").json();

    assertThat(usual.path("create_per_minute").isNull()).isTrue();
    assertThat(usual.path("query_per_minute").asInt()).isEqualTo(1_200);
    assertThat(set.json().path("create_per_minute").asInt()).isEqualTo(5);
    assertThat(set.json().path("query_per_minute").asInt()).isEqualTo(50);
    assertThat(freed.path("create_per_minute").asInt()).isEqualTo(5);
    assertThat(freed.path("query_per_minute").asInt()).isEqualTo(1_200);
    assertThat(cli.run("plan", "list", "--json").json().path("plans").get(1)).isEqualTo(freed);
    assertThat(cli.run("plan", "set", "gold", "--create-rpm", "1000001").exit()).isEqualTo(2);
  }

  @Test
  void the_lists_of_a_key_change_one_by_one() {
    cli.run("tenant", "create", "north");
    var id =
        cli.run("key", "create", "north", "--models", "sora-2,sora-2-pro", "--json")
            .json()
            .path("id")
            .asString();

    var both = cli.run("key", "limit", id, "--addresses", "10.0.0.0/8,::1", "--json").json();
    var freed = cli.run("key", "limit", id, "--models", "none", "--json").json();

    assertThat(both.path("models").toString()).isEqualTo("[\"sora-2\",\"sora-2-pro\"]");
    assertThat(both.path("addresses").size()).isEqualTo(2);
    assertThat(freed.path("models").size()).isZero();
    assertThat(freed.path("addresses")).isEqualTo(both.path("addresses"));
    var wrong = cli.run("key", "limit", id, "--addresses", "10.0.0.1/8");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("10.0.0.0/8");
    assertThat(cli.run("key", "limit", id, "--models", "a,,b").exit()).isEqualTo(2);
  }

  @Test
  void a_key_is_rotated_and_the_old_one_ends_after_the_overlap() {
    cli.run("tenant", "create", "north");
    var id = cli.run("key", "create", "north", "--json").json().path("id").asString();

    var rotated = cli.run("key", "rotate", id, "--overlap", "48h", "--json").json();

    assertThat(ApiKeyFormat.check(rotated.path("api_key").asString()))
        .isEqualTo(ApiKeyFormat.Form.OURS);
    assertThat(rotated.path("old_expires_at").asString()).startsWith("2026-11-25T08:00");
    assertThat(cli.run("key", "show", id).out()).contains("2026-11-25");
    var next = rotated.path("id").asString();
    assertThat(cli.run("key", "rotate", next, "--overlap", "none", "-q").exit()).isZero();
    var ended = cli.run("key", "rotate", next);
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("expired");
    assertThat(cli.run("key", "rotate", "999").exit()).isEqualTo(1);
    assertThat(cli.run("key", "rotate", id, "--overlap", "91d").exit()).isEqualTo(2);
  }
}
