package dev.reelay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.MasterKey;
import dev.reelay.config.Config.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What values may be, how faults are told, and that no secret is shown. */
class ConfigChecksTest {
  private static final String KEY = "twenty-characters-ok";

  @TempDir Path folder;
  private ConfigKit kit;

  @BeforeEach
  void freshKit() {
    kit = new ConfigKit(folder);
  }

  @Test
  void all_problems_are_told_at_once() {
    kit.yaml("prot: 1\nlimits:\n  body-max-bytes: lots\n")
        .set("REELAY_PORT", "99999")
        .set("REELAY_SANDBX", "true")
        .set("REELAY_MASTER_KEY", "canary-master")
        .set("REELAY_TASKS_QUEUE_DEADLINE", "20h")
        .set("REELAY_TASKS_TOTAL_DEADLINE", "10h")
        .set("REELAY_API_KEY_BALANCE", "5");
    var file = folder.resolve("reelay.yaml");

    assertThat(kit.problems())
        .containsExactly(
            "prot in " + file + ":1 is unknown; nearest known: port",
            "the variable REELAY_SANDBX is unknown; nearest known: REELAY_SANDBOX",
            "port 99999 must be a whole number from 0 to 65535 (REELAY_PORT)",
            "master-key must be 64 hexadecimal digits or the base64 of 32 random bytes"
                + " (REELAY_MASTER_KEY)",
            "limits.body-max-bytes lots must be a size from 64KiB to 512MiB (" + file + ":3)",
            "tasks.total-deadline is not longer than tasks.queue-deadline",
            "api-key-balance is set without api-key; set REELAY_API_KEY or REELAY_API_KEY_FILE"
                + " (REELAY_API_KEY_BALANCE)");
  }

  @Test
  void rates_need_a_declared_key_and_at_least_one_call() {
    kit.set("REELAY_API_KEY_CREATE_RPM", "6").set("REELAY_API_KEY_QUERY_RPM", "0");

    assertThat(kit.problems())
        .containsExactly(
            "api-key-query-rpm 0 must be a whole number from 1 to 1000000"
                + " (REELAY_API_KEY_QUERY_RPM)",
            "api-key-create-rpm is set without api-key; set REELAY_API_KEY or REELAY_API_KEY_FILE"
                + " (REELAY_API_KEY_CREATE_RPM)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BIND | http://localhost",
        "BIND | localhost:8080",
        "BIND | a b",
        "PORT | -1",
        "PORT | 65536",
        "PORT | 8080.0",
        "PORT | 99999999999999999999",
        "DATABASE_POOL_SIZE | 1",
        "PUBLIC_URL | relay.example",
        "PUBLIC_URL | https://relay.example/",
        "PUBLIC_URL | https://relay.example/path",
        "PUBLIC_URL | https://relay.example?x=1",
        "PUBLIC_URL | https://user@relay.example",
        "PUBLIC_URL | ftp://relay.example",
        "PUBLIC_URL | https://",
        "PUBLIC_URL | https://a b",
        "TRUSTED_PROXIES | loopback",
        "TRUSTED_PROXIES | 10.0.0.0/8, 10.0.0.1/8",
        "SANDBOX | maybe",
        "API_KEY_BALANCE | -1",
        "API_KEY_BALANCE | 1e99",
        "API_KEY_BALANCE | 0.0000001",
        "LOW_BALANCE_STATUS | 500",
        "RESULT_RETENTION | 7",
        "RESULT_RETENTION | 7 days",
        "RESULT_RETENTION | 59m",
        "RESULT_RETENTION | P1Y",
        "RESULT_RETENTION | -PT2H",
        "IDEMPOTENCY_RETENTION | 31d",
        "TASKS_QUEUE_DEADLINE | 59s",
        "TASKS_TOTAL_DEADLINE | 999999999d",
        "LIMITS_BODY_MAX_BYTES | 1KiB",
        "LIMITS_BODY_MAX_BYTES | 1MB",
        "LIMITS_RESULT_MAX_BYTES | 999999999999999999TiB",
        "ALLOWED_HOSTS | localhost",
        "ALLOWED_HOSTS | localhost:70000",
        "ALLOWED_HOSTS | ::1:80",
        "ALLOWED_HOSTS | http://localhost:80",
        "LOG_FORMAT | xml",
        "LANGUAGE | fr"
      })
  void a_value_out_of_range_is_refused_with_key_value_and_origin(String variable, String value) {
    kit.set("REELAY_" + variable, value);

    var key = variable.toLowerCase(Locale.ROOT).replace('_', '-');
    assertThat(kit.problems())
        .singleElement()
        .asString()
        .satisfies(problem -> assertThat(problem.replace('.', '-')).startsWith(key + " "))
        .contains(" " + value + " ")
        .containsAnyOf(" must ", " has ")
        .endsWith("(REELAY_" + variable + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "API_KEY | nineteen-characters",
        "API_KEY | has a space in the middle",
        "API_KEY | zwanzig-zeichen-mit-ü",
        "MASTER_KEY | 0000000000000000000000000000000000000000000000000000000000000000",
        "DATABASE_URL | mysql://canary:canary@db/x",
        "DATABASE_URL | postgres://u:can%ary@db/x",
        "DATABASE_URL | postgres://u:p@db/x?password=canary",
        "DATABASE_URL | jdbc:postgresql://u:p@db/x",
        "DATABASE_URL | jdbc:postgresql://db/x?sslpassword=canary",
        "DATABASE_URL | postgres://db"
      })
  void a_bad_secret_is_refused_without_repeating_it(String variable, String value) {
    kit.set("REELAY_" + variable, value);

    assertThat(kit.problems())
        .singleElement()
        .asString()
        .doesNotContain(value)
        .doesNotContain("canary")
        .doesNotContain("can%")
        .endsWith("(REELAY_" + variable + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "postgres://u:p@db:5433/x | jdbc:postgresql://db:5433/x | u | p",
        "postgresql://u@db/x | jdbc:postgresql://db/x | u | -",
        "postgres://u%40corp:p%2Fw+%25@db/x | jdbc:postgresql://db/x | u@corp | p/w+%",
        "postgres://db/x?sslmode=require&user=u | jdbc:postgresql://db/x?sslmode=require | u | -",
        "jdbc:postgresql://db/x | jdbc:postgresql://db/x | - | -",
        "jdbc:postgresql://a:1,b:2/x?user=u&password=p | jdbc:postgresql://a:1,b:2/x | u | p",
        "jdbc:postgresql://[::1]:5432/x?a=1&b=2 | jdbc:postgresql://[::1]:5432/x?a=1&b=2 | - | -"
      })
  void both_forms_of_a_database_address_are_read(
      String text, String jdbcUrl, @Nullable String user, @Nullable String password) {
    var database = (Database.External) kit.set("REELAY_DATABASE_URL", text).config().database();

    assertThat(database.jdbcUrl()).isEqualTo(jdbcUrl);
    assertThat(database.user()).isEqualTo(Optional.ofNullable(user));
    assertThat(database.password().map(p -> p.reveal())).isEqualTo(Optional.ofNullable(password));
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://u:p@db/x, v, , database.user is set although database.url holds one",
    "postgres://u:p@db/x, , q, database.password is set although database.url holds one",
    "'', v, , database.user is set without database.url",
    "'', , q, database.password is set without database.url"
  })
  void credentials_have_one_place(
      String url, @Nullable String user, @Nullable String password, String problem) {
    kit.set("REELAY_DATABASE_URL", url).set("REELAY_DATABASE_USER", user == null ? "" : user);
    if (password != null) {
      kit.set("REELAY_DATABASE_PASSWORD", password);
    }

    assertThat(kit.problems()).singleElement().asString().startsWith(problem);
  }

  @Test
  void values_that_do_not_fit_each_other_are_refused() {
    kit.set("REELAY_LIMITS_BODIES_MAX_BYTES", "1MiB").set("REELAY_DATABASE_POOL_SIZE", "41");

    assertThat(kit.problems())
        .containsExactly(
            "the bundled PostgreSQL has room for a pool of at most 40",
            "limits.bodies-max-bytes is less than limits.body-max-bytes");
  }

  @Test
  void the_stand_in_of_an_unreadable_value_causes_no_second_problem() {
    kit.set("REELAY_TASKS_QUEUE_DEADLINE", "soon").set("REELAY_TASKS_TOTAL_DEADLINE", "10m");

    assertThat(kit.problems()).singleElement().asString().startsWith("tasks.queue-deadline soon");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::", "::1", "localhost", "fe80::1%eth0"})
  void addresses_and_names_can_be_bound(String bind) {
    assertThat(kit.set("REELAY_BIND", bind).config().edge().bind()).isEqualTo(bind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080", "https://relay.example", "http://[::1]:80"})
  void bare_addresses_can_be_public(String url) {
    assertThat(kit.set("REELAY_PUBLIC_URL", url).config().edge().publicUrl().orElseThrow())
        .hasToString(url);
  }

  @Test
  void no_secret_is_ever_shown() {
    var masterKey = MasterKey.generate(new SecureRandom()).reveal().reveal();
    kit.set("REELAY_MASTER_KEY", masterKey)
        .set("REELAY_API_KEY", KEY)
        .set("REELAY_DATABASE_URL", "postgres://relay:canary-password@db/relay");
    var loaded = kit.loaded();
    var hex = HexFormat.of().formatHex(Base64.getDecoder().decode(masterKey));

    var shown =
        loaded
            + EffectiveValue.table(loaded.values())
            + JsonMapper.shared().writeValueAsString(loaded.values());

    assertThat(shown)
        .contains("[hidden]", "jdbc:postgresql://db/relay", "REELAY_DATABASE_URL")
        .doesNotContain(masterKey, hex, KEY, "canary-password");
  }

  @Test
  void the_table_aligns_key_value_and_origin() {
    var values = kit.set("REELAY_PORT", "1").loaded().values().subList(0, 4);

    assertThat(EffectiveValue.table(values))
        .isEqualTo(
            """
            bind         127.0.0.1  default
            port         1          REELAY_PORT
            data-dir     ./data     default
            results-dir  -          default
            """);
  }
}
