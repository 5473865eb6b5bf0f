package dev.reelay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the table in docs/configuration.md against the code; -Dgolden=write rewrites it. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final String BEGIN = "<!-- settings -->\n";
  private static final String END = "<!-- /settings -->\n";

  @Test
  void the_page_lists_every_setting_as_the_code_has_it() throws IOException {
    var page = Files.readString(PAGE);
    var begin = page.indexOf(BEGIN) + BEGIN.length();
    var end = page.indexOf(END);

    if (Golden.isRewriting()) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
    }

    assertThat(Files.readString(PAGE)).contains(BEGIN + table() + END);
  }

  @Test
  void the_page_names_the_variables_that_are_no_settings() throws IOException {
    assertThat(Files.readString(PAGE)).contains(Environment.RESERVED);
  }

  private static String table() {
    var head = "| Key | Variable | Default | May be | What it does |\n|---|---|---|---|---|\n";
    return Settings.ALL.stream()
        .map(ConfigurationPageTest::row)
        .collect(Collectors.joining("", head, ""));
  }

  private static String row(Setting<?> setting) {
    var variable =
        "`" + setting.variable() + "`" + setting.fileVariable().map(_ -> " *").orElse("");
    var fallback = setting.fallback().isEmpty() ? "-" : "`" + setting.fallback() + "`";
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(setting.key(), variable, fallback, setting.kind().allowed(), setting.doc());
  }
}
