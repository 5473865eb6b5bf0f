package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.testkit.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What every provider must show: the same list of cases, each played through the real engine over
 * real sockets. With {@code -Dgolden=write} the files are rewritten; then read the diff.
 */
class ProviderContractTest {
  private static final Path CASES = Path.of("src/test/resources/provider");
  private static final List<String> DEMANDED =
      List.of(
          "submit-accepted",
          "submit-refused-content",
          "submit-bad-credential",
          "submit-busy",
          "submit-server-error",
          "submit-garbage",
          "submit-cut",
          "submit-not-sent",
          "poll-pending",
          "poll-running",
          "poll-succeeded",
          "poll-failed",
          "poll-expired",
          "poll-unrecognized",
          "poll-empty",
          "poll-busy",
          "poll-cut");
  private static final List<String> DEMANDED_OF_CANCEL =
      List.of("cancel-asked", "cancel-too-late", "cancel-cut");

  /** By what an adapter can do under some settings; the settings stand in its cases. */
  private static final Map<String, List<String>> DEMANDED_OF_RECOVERY =
      Map.of(
          "openai",
          List.of("list-match", "list-complete", "list-busy", "list-cut"),
          "unified",
          List.of(
              "list-match",
              "list-cut",
              "find-found",
              "find-absent",
              "find-busy",
              "find-cut",
              "callback-named",
              "callback-nothing"));

  @TestFactory
  Stream<DynamicNode> every_provider_keeps_its_cases() {
    return Providers.all().list().stream()
        .map(provider -> dynamicContainer(provider.name(), cases(provider)));
  }

  private static Stream<DynamicNode> cases(Provider provider) {
    var complete =
        dynamicTest(
            "has all demanded cases",
            () -> assertThat(names(provider)).containsAll(demanded(provider)));
    return Stream.concat(
        Stream.of(complete),
        names(provider).stream().map(name -> dynamicTest(name, () -> play(provider, name))));
  }

  private static List<String> demanded(Provider provider) {
    var cancel = provider.abilities(Map.of()).cancel() ? DEMANDED_OF_CANCEL : List.<String>of();
    var recovery = DEMANDED_OF_RECOVERY.getOrDefault(provider.name(), List.of());
    return Stream.of(DEMANDED, cancel, recovery).flatMap(List::stream).toList();
  }

  private static void play(Provider provider, String name) throws IOException {
    var file = CASES.resolve(provider.name()).resolve(name + ".case");
    var written = ProviderCase.parse(Files.readString(file));
    if (written.cannotOccur()) {
      return;
    }
    var played = written.played(provider);
    if (Golden.isRewriting()) {
      Files.writeString(file, played.text());
    } else {
      assertThat(played.text()).isEqualTo(written.text());
    }
  }

  private static List<String> names(Provider provider) {
    try (var files = Files.list(CASES.resolve(provider.name()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".case"))
          .map(name -> name.substring(0, name.length() - ".case".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
