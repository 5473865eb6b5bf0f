package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.LabStage.Voice;
import dev.reelay.lab.LabWord;
import dev.reelay.task.Recovery;
import dev.reelay.testkit.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Creates whose answer got lost, at everything that the lab plays: what the provider offers tells
 * what became of them, and where it offers nothing they wait for the operator, unpaid, until their
 * deadline. Nothing is ever made twice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabDoubtTest {
  /** After it every list is complete and every absence a proof. */
  private static final Duration BELIEVED_AFTER = Duration.ofMinutes(4);

  /** After it no task of the relay is open any more. */
  private static final Duration DEADLINE = Duration.ofHours(25);

  private static final String OPEN = "in_doubt 0";
  private static final String MADE = "succeeded " + LabStage.PRICE.micros();
  private static final String ENDED = "failed 0";
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final int LOOKS_MAX = 500;

  /** A job was made, and nobody here was told its id. */
  private static final List<LabWord> UNTOLD = List.of(LabWord.CUT, LabWord.GARBAGE, LabWord.HANG);

  private final LabStage stage = new LabStage();
  private final List<Voice> voices =
      LabStage.dialects().stream()
          .filter(voice -> isAlone(voice) || !tellsOneAtATime(voice) || voice.number() == 0)
          .toList();

  @BeforeAll
  void open() {
    stage.open(voices);
  }

  @AfterAll
  void close() {
    stage.close();
  }

  /** In this order: what each step asserts needs the time that the one before has let pass. */
  @TestFactory
  Stream<DynamicTest> the_fate_of_a_lost_create_is_learned_or_left_open() {
    return Stream.of(
            Stream.of(dynamicTest("creates whose answers get lost", this::createAll)),
            ofAll(this::assertUntold),
            ofAll(this::assertUnmade),
            ofAll(this::assertLost),
            Stream.of(dynamicTest("a second doubt, where one at a time is told", this::createMore)),
            ofAll(this::assertSecond),
            Stream.of(dynamicTest("the deadline passes", () -> stage.pass(DEADLINE))),
            ofAll(this::assertEnded),
            Stream.of(dynamicTest("the books balance", stage::assertBooksBalance)))
        .flatMap(steps -> steps);
  }

  private Stream<DynamicTest> ofAll(Consumer<Voice> step) {
    return voices.stream().map(voice -> dynamicTest(voice.toString(), () -> step.accept(voice)));
  }

  /**
   * The ways to ask at one part share an account, as far as the lab is concerned: what one of them
   * made speaks against an absence that another one would have proved.
   */
  private static boolean isAlone(Voice voice) {
    return voice.part().channels().stream().map(c -> c.dialect()).distinct().count() == 1;
  }

  /** By a list without prompts only one doubt at a time can be told from another. */
  private static boolean tellsOneAtATime(Voice voice) {
    var recovery = voice.abilities().recovery();
    var byList = recovery.list().filter(list -> !list.shows().prompt()).isPresent();
    var others = recovery.token().isPresent() || recovery.reference().isPresent();
    return byList && !others && !recovery.callback();
  }

  /** A job that a list has forgotten speaks against what would else be adopted from the list. */
  private static boolean mayLose(Voice voice) {
    return voice.knows(LabWord.LOST) && !tellsOneAtATime(voice);
  }

  private static List<LabWord> untoldAtOnce(Voice voice) {
    return tellsOneAtATime(voice) ? List.of(LabWord.CUT) : UNTOLD;
  }

  private void createAll() {
    for (var voice : voices) {
      var words = new ArrayList<>(untoldAtOnce(voice));
      words.add(LabWord.ENDLESS);
      if (mayLose(voice)) {
        words.add(LabWord.LOST);
      }
      if (!tellsOneAtATime(voice)) {
        words.add(LabWord.BROKEN);
      }
      words.forEach(word -> stage.create(voice, voice.prompt(word)));
    }
    voices.forEach(voice -> untoldAtOnce(voice).forEach(word -> awaitMade(voice, word)));
    stage.lab().hangUp();
    stage.pass(BELIEVED_AFTER);
  }

  private void createMore() {
    var doubtful = voices.stream().filter(LabDoubtTest::tellsOneAtATime).toList();
    doubtful.forEach(voice -> stage.create(voice, voice.prompt(LabWord.BROKEN)));
    doubtful.forEach(voice -> stage.awaitState(voice, voice.prompt(LabWord.BROKEN), "in_doubt"));
    stage.pass(BELIEVED_AFTER);
  }

  private void awaitMade(Voice voice, LabWord word) {
    for (var look = 0; look < LOOKS_MAX && made(voice, word) == 0; look++) {
      Pauses.of(LOOK_EVERY);
    }
    assertThat(made(voice, word)).isEqualTo(1);
  }

  private long made(Voice voice, LabWord word) {
    return stage.made(voice, voice.prompt(word));
  }

  private void assertUntold(Voice voice) {
    var recovery = voice.abilities().recovery();
    var isTold = !declared(recovery).isEmpty();
    for (var word : untoldAtOnce(voice)) {
      stage.awaitStanding(voice, voice.prompt(word), isTold ? MADE : OPEN);
      assertThat(made(voice, word)).isEqualTo(1);
    }
  }

  private static List<String> declared(Recovery recovery) {
    var means = new ArrayList<String>();
    recovery.token().ifPresent(_ -> means.add("token"));
    recovery.reference().ifPresent(_ -> means.add("reference"));
    if (recovery.callback()) {
      means.add("callback");
    }
    recovery.list().ifPresent(_ -> means.add("list"));
    return means;
  }

  /** What was never made is made after all where its absence is proved, and else waits. */
  private void assertUnmade(Voice voice) {
    if (!tellsOneAtATime(voice)) {
      assertUnmadeOrMadeOnce(voice);
    }
  }

  private void assertUnmadeOrMadeOnce(Voice voice) {
    var recovery = voice.abilities().recovery();
    var isProved =
        recovery.token().isPresent()
            || recovery.reference().isPresent()
            || (recovery.list().filter(list -> list.shows().everyJob()).isPresent()
                && (isAlone(voice) || tellsOneAtATime(voice)));
    stage.awaitStanding(voice, voice.prompt(LabWord.BROKEN), isProved ? MADE : OPEN);
    assertThat(made(voice, LabWord.BROKEN)).isEqualTo(isProved ? 1 : 0);
  }

  private void assertLost(Voice voice) {
    if (mayLose(voice)) {
      stage.assertFails(voice, voice.prompt(LabWord.LOST), "upstream_expired");
    }
  }

  private void assertSecond(Voice voice) {
    if (tellsOneAtATime(voice)) {
      assertUnmadeOrMadeOnce(voice);
    }
  }

  /** Whatever was open has ended unpaid, and what was made is paid for once. */
  private void assertEnded(Voice voice) {
    stage.awaitStanding(voice, voice.prompt(LabWord.ENDLESS), ENDED);
    for (var word : UNTOLD) {
      if (!stage.id(voice.model(), voice.prompt(word)).isEmpty()) {
        stage.awaitStanding(
            voice,
            voice.prompt(word),
            declared(voice.abilities().recovery()).isEmpty() ? ENDED : MADE);
        assertThat(made(voice, word)).isEqualTo(1);
      }
    }
  }
}
