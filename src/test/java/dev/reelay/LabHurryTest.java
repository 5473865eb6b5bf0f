package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.LabStage.Voice;
import dev.reelay.lab.LabWord;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The lab calls the relay's real address. The clock stands, so that no further poll is due: only a
 * callback can bring a task to its end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabHurryTest {
  private static final String TOLD = "told of:";

  /** Longer than a job takes, shorter than the time between two polls of any provider. */
  private static final Duration ENDED_BETWEEN_POLLS = Duration.ofMillis(3_500);

  private final LabStage stage = LabStage.withStandingClock();
  private final List<Voice> called =
      LabStage.dialects().stream()
          .filter(voice -> voice.abilities().recovery().callback())
          .toList();

  @BeforeAll
  void create_everything() {
    stage.open(called);
    for (var voice : called) {
      stage.create(voice, voice.prompt(TOLD));
      stage.create(voice, voice.prompt(LabWord.TWICE));
      stage.create(voice, voice.prompt(LabWord.EARLY_CALLBACK));
      stage.create(voice, voice.prompt(LabWord.ENDLESS));
    }
    called.forEach(voice -> stage.awaitState(voice, voice.prompt(TOLD), "running"));
    called.forEach(voice -> stage.awaitState(voice, voice.prompt(LabWord.TWICE), "running"));
    called.forEach(voice -> stage.awaitState(voice, voice.prompt(LabWord.ENDLESS), "running"));
    stage.pass(ENDED_BETWEEN_POLLS);
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @TestFactory
  Stream<DynamicTest> a_task_ends_when_its_provider_calls_back() {
    return all(voice -> stage.assertPlays(voice, voice.prompt(TOLD)));
  }

  @TestFactory
  Stream<DynamicTest> a_callback_that_comes_twice_ends_it_once() {
    return all(voice -> stage.assertPlays(voice, voice.prompt(LabWord.TWICE)));
  }

  @TestFactory
  Stream<DynamicTest> a_callback_before_the_answer_of_the_create_does_no_harm() {
    return all(voice -> stage.assertPlays(voice, voice.prompt(LabWord.EARLY_CALLBACK)));
  }

  /** One to a wrong address is not heard; one that lies is asked about, and changes nothing. */
  @TestFactory
  Stream<DynamicTest> a_forged_callback_changes_nothing() {
    return all(
        voice -> {
          var prompt = voice.prompt(LabWord.ENDLESS);
          var address = address(voice, prompt);
          var wrong = address.getRawPath().replaceAll("[^/]{22}$", "A".repeat(22));
          var lie = "{\"id\":\"no-job\",\"task_id\":\"no-job\",\"status\":\"succeeded\"}";

          assertThat(stage.client().tryPost(wrong, lie, Map.of()).orElseThrow().status())
              .isEqualTo(404);
          assertThat(stage.client().tryPost(address.getRawPath(), lie, Map.of())).isPresent();

          assertThat(stage.stands(voice.model(), prompt)).isEqualTo("running 0");
        });
  }

  private Stream<DynamicTest> all(Consumer<Voice> test) {
    return called.stream().map(voice -> dynamicTest(voice.toString(), () -> test.accept(voice)));
  }

  private URI address(Voice voice, String prompt) {
    return stage.lab().desk(voice.part().name()).jobs().stream()
        .map(job -> job.order())
        .filter(order -> order.prompt().equals(prompt))
        .flatMap(order -> order.callback().stream())
        .findFirst()
        .orElseThrow();
  }
}
