package dev.reelay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.config.ConfigResult.Loaded;
import dev.reelay.config.ConfigResult.Refused;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which source wins, what each value remembers, and what no source may hold. */
class ConfigSourcesTest {
  private static final String KEY = "twenty-characters-ok";

  @TempDir Path folder;
  private ConfigKit kit;

  @BeforeEach
  void freshKit() {
    kit = new ConfigKit(folder);
  }

  @Test
  void a_variable_wins_over_the_file_and_the_file_over_the_default() {
    kit.yaml("# ours\nport: 9000\n\nlog:\n  format: text\n").set("REELAY_PORT", "9001");

    assertThat(kit.effective("port")).isEqualTo("9001 <- REELAY_PORT");
    assertThat(kit.effective("log.format")).isEqualTo("text <- reelay.yaml:5");
    assertThat(kit.effective("bind")).isEqualTo("127.0.0.1 <- default");
    assertThat(kit.effective("public-url")).isEqualTo(" <- default");
  }

  @Test
  void a_list_may_be_a_yaml_list_or_a_text_with_commas() {
    kit.yaml("trusted-proxies: [10.0.0.1, 10.0.0.2]\nallowed-hosts: a:1, b:2\n");

    assertThat(kit.config().edge().trustedProxies()).hasSize(2);
    assertThat(kit.config().allowedHosts()).hasSize(2);
  }

  @Test
  void yaml_guesses_no_types() {
    kit.yaml("sandbox: on\ndatabase:\n  pool-size: '20'\n");

    assertThat(kit.config().sandbox()).isTrue();
    assertThat(kit.config().database().poolSize()).isEqualTo(20);
  }

  @Test
  void a_secret_is_read_from_the_file_that_its_variable_names() {
    kit.file("run/key", KEY + "\r\n").set("REELAY_API_KEY_FILE", "run/key");

    assertThat(kit.config().declaredKey().orElseThrow().key()).isEqualTo(new Secret(KEY));
    assertThat(kit.effective("api-key")).isEqualTo("[hidden] <- REELAY_API_KEY_FILE (run/key)");
  }

  @Test
  void the_address_of_the_database_may_come_from_a_file_and_wins_over_yaml() {
    kit.yaml("database:\n  url: postgres://old/x\n")
        .file("url", "postgres://u:p@db/relay\n")
        .set("REELAY_DATABASE_URL_FILE", "url");

    assertThat(kit.effective("database.url"))
        .isEqualTo("jdbc:postgresql://db/relay <- REELAY_DATABASE_URL_FILE (url)");
  }

  @Test
  void a_value_and_its_file_together_are_refused() {
    kit.file("key", KEY).set("REELAY_API_KEY", KEY).set("REELAY_API_KEY_FILE", "key");

    assertThat(kit.problems())
        .containsExactly("REELAY_API_KEY and REELAY_API_KEY_FILE are both set; unset one of them");
  }

  @ParameterizedTest
  @CsvSource({
    "missing, does not exist",
    "empty, is empty",
    "., cannot be read",
    "large, is larger"
  })
  void a_secret_file_that_gives_nothing_is_refused(String name, String why) {
    kit.file("empty", "\n").file("large", "x".repeat(70_000)).set("REELAY_MASTER_KEY_FILE", name);

    assertThat(kit.problems())
        .singleElement()
        .asString()
        .startsWith("REELAY_MASTER_KEY_FILE (")
        .contains(why);
  }

  @Test
  void an_empty_variable_is_not_set_but_an_empty_secret_is_refused() {
    assertThat(kit.set("REELAY_PORT", "").effective("port")).isEqualTo("8080 <- default");

    kit.set("REELAY_MASTER_KEY", " ");

    assertThat(kit.problems()).containsExactly("REELAY_MASTER_KEY is set but empty");
  }

  @Test
  void secrets_in_the_file_are_refused_and_not_repeated() {
    kit.yaml("api-key: " + KEY + "\ndatabase:\n  url: postgres://u:pw@db/relay\n");
    var file = folder.resolve("reelay.yaml");

    assertThat(kit.problems())
        .containsExactlyInAnyOrder(
            "api-key is a secret and may not stand in "
                + file
                + ":1; set REELAY_API_KEY or REELAY_API_KEY_FILE",
            "database.url may hold no password in the file; set REELAY_DATABASE_PASSWORD or "
                + "REELAY_DATABASE_PASSWORD_FILE ("
                + file
                + ":3)");
  }

  @Test
  void the_named_file_is_read_instead_of_the_one_here_and_must_exist() {
    kit.yaml("port: 1\n").file("other.yaml", "port: 2\n").set("REELAY_CONFIG", "other.yaml");

    assertThat(kit.config().edge().port()).isEqualTo(2);
    assertThat(kit.reader().readWith(Path.of("reelay.yaml")))
        .isInstanceOfSatisfying(
            Loaded.class, loaded -> assertThat(loaded.config().edge().port()).isEqualTo(1));
    assertThat(kit.reader().readWith(Path.of("gone.yaml")))
        .isEqualTo(new Refused(List.of(folder.resolve("gone.yaml") + " does not exist")));
  }

  @Test
  void the_file_in_the_data_directory_is_the_last_to_be_found() {
    kit.file("store/reelay.yaml", "port: 3\n").set("REELAY_DATA_DIR", "./store");
    assertThat(kit.effective("port")).isEqualTo("3 <- store/reelay.yaml:1");

    kit.file("store/reelay.yaml", "data-dir: elsewhere\n");

    assertThat(kit.problems()).singleElement().asString().contains("data-dir may not stand in");
  }

  @ParameterizedTest
  @CsvSource({
    "prot: 1, prot, port",
    "databse: {url: x}, databse.url, database.url",
    "database: {pool_size: 3}, database.pool_size, database.pool-size",
    "database: 3, database, database.url",
    "port: {number: 3}, port.number, port",
    "Port: 3, Port, port"
  })
  void an_unknown_key_names_the_nearest_known_one(String yaml, String key, String nearest) {
    kit.yaml(yaml.replace(", ", ",") + "\n");

    assertThat(kit.problems())
        .containsExactly(
            "%s in %s:1 is unknown; nearest known: %s"
                .formatted(key, folder.resolve("reelay.yaml"), nearest));
  }

  @ParameterizedTest
  @CsvSource({
    "REELAY_PROT, REELAY_PORT",
    "REELAY_PORT_FILE, REELAY_PORT",
    "REELAY_DB_URL, REELAY_DATABASE_URL",
    "REELAY_DATABASEURL, REELAY_DATABASE_URL"
  })
  void an_unknown_variable_names_the_nearest_known_one(String name, String nearest) {
    kit.set(name, "secret-value");

    assertThat(kit.problems())
        .containsExactly("the variable " + name + " is unknown; nearest known: " + nearest);
  }

  @Test
  void variables_of_the_launcher_and_of_others_are_left_alone() {
    kit.set("REELAY_JAVA_HOME", "/jdk")
        .set("REELAY_JAVA_OPTS", "-Xmx1g")
        .set("REELAY_FFMPEG", "/usr/bin/ffmpeg")
        .set("REELAY", "x")
        .set("PORT", "1");

    assertThat(kit.effective("port")).isEqualTo("8080 <- default");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port: 1\nport: 2\n",
        "port:\n",
        "port: [[1]]\n",
        "just text\n",
        "- port\n",
        "? [a, b]\n: 1\n",
        "port: {a: {b: {c: {d: {e: 1}}}}}\n",
        "a: &a {b: *a}\n",
        "port: 'open\n",
        "port: 1\n---\nport: 2\n",
        "port: *nowhere\n",
        "port: 1\n\tbind: x\n"
      })
  void a_file_that_is_no_plain_tree_of_keys_is_refused(String yaml) {
    kit.yaml(yaml);

    assertThat(kit.problems()).isNotEmpty().allMatch(problem -> problem.contains("reelay.yaml"));
  }

  @Test
  void a_file_that_multiplies_itself_is_refused_quickly() {
    var bomb = new StringBuilder("a: &a {x: 1}\n");
    for (var c = 'b'; c < 'z'; c++) {
      bomb.append(c).append(": &").append(c).append(" {");
      for (var i = 0; i < 9; i++) {
        bomb.append('k').append(i).append(": *").append((char) (c - 1)).append(", ");
      }
      bomb.append("}\n");
    }

    assertThat(kit.yaml(bomb.toString()).problems()).hasSizeLessThan(1_100);
  }

  @Test
  void a_file_that_is_too_large_is_refused() {
    assertThat(kit.yaml("#".repeat(300_000)).problems())
        .singleElement()
        .asString()
        .contains("is larger than");
  }

  @Test
  void an_empty_file_sets_nothing() {
    assertThat(kit.yaml("# nothing\n").effective("port")).isEqualTo("8080 <- default");
  }
}
