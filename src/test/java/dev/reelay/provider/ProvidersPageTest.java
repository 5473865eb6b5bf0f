package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the pages about providers against their cards; -Dgolden=write rewrites them. */
class ProvidersPageTest {
  private static final Path PAGE = Path.of("docs/providers.md");
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- providers -->\n";
  private static final String END = "<!-- /providers -->\n";

  @Test
  void the_page_says_of_every_provider_what_its_card_declares() throws IOException {
    assertHolds(PAGE, ProvidersPage.of(Providers.all()));
  }

  @Test
  void the_front_page_lists_every_provider() throws IOException {
    assertHolds(README, ProvidersPage.frontTable(Providers.all()));
  }

  private static void assertHolds(Path file, String expected) throws IOException {
    if (Golden.isRewriting()) {
      var page = Files.readString(file);
      var begin = page.indexOf(BEGIN) + BEGIN.length();
      var end = page.indexOf(END);
      Files.writeString(file, page.substring(0, begin) + expected + page.substring(end));
    }

    assertThat(Files.readString(file)).contains(BEGIN + expected + END);
  }
}
