package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.config.Config;
import dev.reelay.provider.declarative.DescriptionCheck;
import dev.reelay.testkit.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Holds docs/cli.md against the commands' own help; -Dgolden=write rewrites it. */
class CliPageTest {
  private static final Path PAGE = Path.of("docs/cli.md");

  @Test
  void the_page_is_the_commands_own_help() throws IOException {
    var page = page();

    if (Golden.isRewriting()) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    var page =
        new StringBuilder(
            """
            # Command line

            Made from the commands' own help by `CliPageTest`; do not edit it by hand.

            `reelay serve` runs the relay. `reelay video …` is for API users and speaks HTTP with an
            API key. Every other command is the operator's: it opens the database of the
            [configuration](configuration.md), also while a relay runs, and tells running relays
            what it changed. If the bundled database does not run, it runs for the command.

            Every command takes `--json` (one document; money is whole micros of USD in a text,
            times are RFC 3339 in UTC) and `--quiet`. An error is one line on standard error, with
            `--json` also a document with `error`.

            | Exit code | Meaning |
            |---|---|
            | 0 | done |
            | 1 | a task failed, a check found something, or it was refused |
            | 2 | the command line or the configuration is wrong |
            | 3 | the relay or its database cannot be reached |

            """);
    var surroundings =
        new Surroundings(
            Map.of(),
            Path.of(""),
            "olga",
            InputStream.nullInputStream(),
            Surroundings.Terminal.NONE,
            new Surroundings.Time(InstantSource.system(), CliPageTest::never, _ -> () -> {}));
    append(
        page,
        CommandTree.build(
            new Ports(
                _ -> 0,
                new NoDesks(),
                surroundings,
                DescriptionCheck::requests,
                _ -> Optional.empty())));
    return page.toString();
  }

  private static void never(Duration length) {
    throw new IllegalStateException("nothing waits here: " + length);
  }

  private static void append(StringBuilder page, CommandLine command) {
    var spec = command.getCommandSpec();
    page.append("## ").append(spec.qualifiedName()).append("\n\n```\n");
    var help = command.getUsageMessage(Ansi.OFF).lines().map(String::stripTrailing);
    help.takeWhile(line -> !line.equals("Exit codes:"))
        .forEach(line -> page.append(line).append('\n'));
    page.append("```\n\n");
    command.getSubcommands().values().forEach(sub -> append(page, sub));
  }

  /** Help needs no database. */
  private static final class NoDesks implements Desks {
    @Override
    public Desk open(Config config) {
      throw new IllegalStateException("no database");
    }

    @Override
    public Optional<String> trouble(RuntimeException thrown) {
      return Optional.empty();
    }
  }
}
