package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.task.Upstream;
import dev.reelay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every provider must show: the same list of cases, each played through the real engine over
 * real sockets. With {@code -Dgolden=write} the files are rewritten; then read the diff.
 */
class ProviderContractTest {
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

  private static final List<String> DEMANDED_OF_MANY =
      List.of("poll-many", "poll-many-busy", "poll-many-cut", "poll-many-unnamed");

  private static final List<String> DEMANDED_OF_REFERENCE =
      List.of("find-found", "find-absent", "find-busy", "find-cut");
  private static final List<String> DEMANDED_OF_LIST =
      List.of("list-match", "list-busy", "list-cut");
  private static final List<String> DEMANDED_OF_COMPLETE_LIST = List.of("list-complete");
  private static final List<String> DEMANDED_OF_CALLBACK =
      List.of("callback-named", "callback-nothing");

  /**
   * Something that a card or abilities declare of creates, and by what one recognises a case of an
   * accepted create that shows it.
   */
  private record Promise(
      String name, Predicate<Provider> isMade, Predicate<ProviderCase> isShown) {}

  private static final List<Promise> PROMISES =
      List.of(
          new Promise("a token", can(ProviderContractTest::tells), sends(ProviderKit.TOKEN)),
          new Promise("a callback", can(a -> a.recovery().callback()), sends("relay.example")),
          new Promise("a remix", can(Upstream.Abilities::remix), asks("remix of:")),
          new Promise("a first frame", has(Card.Feature.FIRST_FRAME), asks("image:")),
          new Promise("silence", has(Card.Feature.AUDIO), asks("audio: false")),
          new Promise("a seed", has(Card.Feature.SEED), asks("option.seed:")),
          new Promise(
              "a negative prompt",
              has(Card.Feature.NEGATIVE_PROMPT),
              asks("option.negative_prompt:")));

  @TestFactory
  Stream<DynamicNode> every_provider_keeps_its_cases() {
    return Providers.all().list().stream()
        .map(provider -> dynamicContainer(provider.name(), cases(provider)));
  }

  private static Stream<DynamicNode> cases(Provider provider) {
    var complete =
        dynamicTest(
            "has all demanded cases",
            () -> assertThat(ProviderCases.names(provider)).containsAll(demanded(provider)));
    var played =
        ProviderCases.names(provider).stream()
            .map(name -> dynamicTest(name, () -> play(provider, name)));
    var signed = dynamicTest("says how it signs", () -> assertSignsAsItSays(provider));
    return Stream.of(Stream.of(complete, signed), promises(provider), played)
        .flatMap(tests -> tests);
  }

  private static void assertSignsAsItSays(Provider provider) {
    var push = provider.card().push();
    var signs = push == Card.Push.SIGNED || push == Card.Push.SIGNED_BY_SECRET;

    assertThat(provider.signing().equals(CallbackSigning.NONE)).isEqualTo(!signs);
    assertThat(provider.signing().takesSecret()).isEqualTo(push == Card.Push.SIGNED_BY_SECRET);
  }

  /** Under every combination of the settings that change what a channel can do. */
  private static Set<String> demanded(Provider provider) {
    var many = provider.askedAtOnceMax("up_1") > 1 ? DEMANDED_OF_MANY : List.<String>of();
    var ofAbilities =
        provider.card().abilitySettings().stream()
            .map(provider::abilities)
            .flatMap(ProviderContractTest::demanded);
    return Stream.concat(many.stream(), ofAbilities).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> demanded(Upstream.Abilities abilities) {
    var recovery = abilities.recovery();
    var list = recovery.list();
    return Stream.of(
            DEMANDED,
            abilities.cancel() ? DEMANDED_OF_CANCEL : List.<String>of(),
            recovery.reference().isPresent() ? DEMANDED_OF_REFERENCE : List.<String>of(),
            list.isPresent() ? DEMANDED_OF_LIST : List.<String>of(),
            list.filter(jobs -> jobs.shows().everyJob()).isPresent()
                ? DEMANDED_OF_COMPLETE_LIST
                : List.<String>of(),
            recovery.callback() ? DEMANDED_OF_CALLBACK : List.<String>of())
        .flatMap(List::stream);
  }

  private static boolean tells(Upstream.Abilities abilities) {
    var recovery = abilities.recovery();
    return recovery.token().isPresent() || recovery.reference().isPresent();
  }

  private static Predicate<Provider> can(Predicate<Upstream.Abilities> ability) {
    return provider ->
        provider.card().abilitySettings().stream().map(provider::abilities).anyMatch(ability);
  }

  private static Predicate<Provider> has(Card.Feature feature) {
    return provider -> provider.card().features().contains(feature);
  }

  private static Predicate<ProviderCase> sends(String text) {
    return written -> written.sends().contains(text);
  }

  private static Predicate<ProviderCase> asks(String line) {
    return written -> written.does().stream().anyMatch(does -> does.startsWith(line));
  }

  private static Stream<DynamicTest> promises(Provider provider) {
    return PROMISES.stream()
        .filter(promise -> promise.isMade().test(provider))
        .map(
            promise ->
                dynamicTest(
                    "shows " + promise.name(),
                    () ->
                        assertThat(
                                ProviderCases.names(provider).stream()
                                    .map(name -> ProviderCases.read(provider, name)))
                            .filteredOn(ProviderContractTest::isAcceptedCreate)
                            .anyMatch(promise.isShown())));
  }

  private static boolean isAcceptedCreate(ProviderCase written) {
    return written.does().getFirst().equals("submit") && written.means().startsWith("Accepted");
  }

  private static void play(Provider provider, String name) throws IOException {
    var written = ProviderCases.read(provider, name);
    if (written.cannotOccur()) {
      return;
    }
    var played = written.played(provider);
    if (Golden.isRewriting()) {
      Files.writeString(ProviderCases.file(provider, name), played.text());
    } else {
      assertThat(played.text()).isEqualTo(written.text());
    }
  }
}
