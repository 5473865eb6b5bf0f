package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.LabStage.Voice;
import dev.reelay.lab.LabJob.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Jobs that are canceled while they wait and while they work: one that its provider stops is not
 * paid for, and one that it does not stop is made and paid for. The clock stands until all that is
 * to happen at one moment has happened.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabCancelTest {
  private static final String WAITING = "canceled while it waits:";
  private static final String WORKING = "canceled while it works:";
  private static final String STOPPED = "canceled 0";
  private static final String MADE = "succeeded " + LabStage.PRICE.micros();

  /** Until a job works, and until it has ended. */
  private static final Duration STEP = Duration.ofMillis(1_500);

  /** Longer than the time between two polls of any provider. */
  private static final Duration POLLED = Duration.ofSeconds(31);

  private final LabStage stage = LabStage.withStandingClock();
  private final List<Voice> voices = LabStage.dialects();

  /** What a cancel was answered with, by prompt. */
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();

  @BeforeAll
  void cancel_everything() {
    stage.open(voices);
    create(WAITING);
    cancel(WAITING);
    create(WORKING);
    stage.pass(STEP);
    cancel(WORKING);
  }

  private void create(String when) {
    voices.forEach(voice -> stage.create(voice, voice.prompt(when)));
    voices.forEach(voice -> stage.awaitState(voice, voice.prompt(when), "running"));
  }

  private void cancel(String when) {
    for (var voice : voices) {
      var prompt = voice.prompt(when);
      var answer = stage.client().cancel(stage.id(voice.model(), prompt));
      answers.put(prompt, answer.status());
    }
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @TestFactory
  Stream<DynamicTest> what_a_provider_stops_is_not_paid_for_and_all_else_is_made() {
    return Stream.of(
            Stream.of(dynamicTest("the next polls", () -> stage.pass(POLLED))),
            all(WAITING, Phase.QUEUED),
            all(WORKING, Phase.RUNNING),
            Stream.of(dynamicTest("the books balance", stage::assertBooksBalance)))
        .flatMap(tests -> tests);
  }

  private Stream<DynamicTest> all(String when, Phase phase) {
    return voices.stream()
        .map(voice -> dynamicTest(when + " " + voice, () -> assertEnd(voice, when, phase)));
  }

  private void assertEnd(Voice voice, String when, Phase phase) {
    var prompt = voice.prompt(when);
    var stops = voice.part().cancelable(voice.channel()).contains(phase);

    stage.awaitStanding(voice, prompt, stops ? STOPPED : MADE);
    assertThat(stage.made(voice, prompt)).isEqualTo(1);
    if (!voice.abilities().cancel()) {
      assertThat(answers).containsEntry(prompt, 409);
    }
  }
}
