package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Descriptions of providers on the command line. */
class DescriptionCommandTest {
  @TempDir private Path folder;

  @Test
  void a_good_description_shows_what_it_would_send_and_needs_no_database() throws IOException {
    copy("docs/examples/together.yaml");

    var ran = CliKit.without(folder).run("channel", "check-description", "d.yaml");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("POST https://provider.example/v1/videos")
        .contains("Authorization: Bearer <credential>")
        .contains("\"prompt\":\"a \\\"fox\\\"\"")
        .contains("GET https://provider.example/v1/videos/their-id")
        .doesNotContain("their-key");
  }

  @Test
  void a_wrong_one_is_refused_with_line_and_field() throws IOException {
    Files.writeString(folder.resolve("d.yaml"), "create:\n  pfad: /jobs\n");

    var ran = CliKit.without(folder).run("channel", "check-description", "d.yaml");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("d.yaml: line 2: create.pfad is unknown here");
  }

  @Test
  void a_missing_file_is_named() {
    var ran = CliKit.without(folder).run("channel", "check-description", "nowhere.yaml");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("nowhere.yaml");
  }

  @Test
  void a_description_is_part_of_its_channel() throws Exception {
    copy("docs/examples/together.yaml");
    Files.writeString(folder.resolve("key.txt"), "their-secret-key");
    try (var database = TestDatabase.fresh()) {
      var cli = CliKit.over(folder, database);

      assertThat(add(cli, "together", "declarative", "--describe", "d.yaml").err()).isEmpty();
      assertThat(add(cli, "bare", "declarative").err()).contains("--describe FILE goes with");
      assertThat(add(cli, "other", "unified", "--describe", "d.yaml").exit()).isEqualTo(2);
      assertThat(described(database)).isEqualTo(Files.readString(folder.resolve("d.yaml")));
    }
  }

  /** Any node reads it from there. */
  private static String described(TestDatabase database) throws SQLException {
    var sql = "select settings->>'description' from channel where name = 'together'";
    try (var connection = database.dataSource().getConnection();
        var rows = connection.createStatement().executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static CliKit.Ran add(CliKit cli, String name, String provider, String... more) {
    var start =
        new String[] {
          "channel",
          "add",
          name,
          "--provider",
          provider,
          "--base-url",
          "https://api.example",
          "--credential-file",
          "key.txt"
        };
    var all = new String[start.length + more.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(more, 0, all, start.length, more.length);
    return cli.run(all);
  }

  private void copy(String example) throws IOException {
    Files.copy(Path.of(example), folder.resolve("d.yaml"));
  }
}
