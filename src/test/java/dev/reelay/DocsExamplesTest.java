package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.reelay.access.KeyLimits;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.testkit.Program;
import dev.reelay.testkit.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the programs of docs/unified-query.md as a reader would: as they stand, with address and key
 * from the environment. Only where a machine lacks a language is its program left out, and the test
 * says so; a program that fails, fails the test.
 */
@Tag("process")
class DocsExamplesTest {
  private static final Path ENGLISH = Sources.ROOT.resolve("docs/unified-query.md");
  private static final Path CHINESE = Sources.ROOT.resolve("docs/unified-query.zh.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  private static RelayKit kit;
  private static Map<String, String> variables;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    kit = new RelayKit();
    var key = kit.key(kit.tenant("reader", "5.00"), KeyLimits.NONE);
    variables = Map.of("RELAY", kit.address().toString(), "KEY", key);
  }

  @AfterAll
  static void stop() {
    kit.close();
  }

  private static List<String> programs(Path page, String language) {
    return BLOCK
        .matcher(Sources.read(page).text())
        .results()
        .filter(found -> found.group(1).equals(language))
        .map(found -> found.group(2))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"python,cat.py,python3", "javascript,cat.mjs,node", "java,Cat.java,java"})
  void a_program_of_the_page_stores_a_video_that_plays(String language, String file, String command)
      throws IOException {
    var programs = programs(ENGLISH, language);
    assertThat(programs).hasSize(1);
    Files.writeString(folder.resolve(file), programs.getFirst());
    var words = new ArrayList<>(List.of(located(command).split(" ")));
    words.add(file);

    var ended = Program.run(folder, variables, words);

    assumeThat(ended.isMissing())
        .as("LEFT OUT: this machine has no %s, so its example was not run", command)
        .isFalse();
    assertThat(ended.code()).as(ended.text()).isZero();
    assertThat(Mp4Probe.probe(folder.resolve("cat.mp4"))).isInstanceOf(ProbeResult.Playable.class);
  }

  /** The JDK of the tests: another one may be first on the path. */
  private static String located(String command) {
    return command.equals("java")
        ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
        : command;
  }

  @Test
  void the_script_asks_in_each_way_and_stores_the_video() throws IOException {
    Files.writeString(folder.resolve("cat.sh"), programs(ENGLISH, "sh").getFirst());

    var ended = Program.run(folder, variables, List.of("bash", "-e", "cat.sh"));

    assertThat(ended.code()).as(ended.text()).isZero();
    assertThat(ended.text())
        .contains("\"object\":\"list\"")
        .contains("event: completed")
        .endsWith("304\n");
    assertThat(Mp4Probe.probe(folder.resolve("cat.mp4"))).isInstanceOf(ProbeResult.Playable.class);
  }

  @Test
  void both_languages_have_the_same_programs() {
    for (var language : List.of("sh", "python", "javascript", "java", "json")) {
      assertThat(programs(CHINESE, language)).as(language).isEqualTo(programs(ENGLISH, language));
    }
  }
}
