package dev.reelay.http.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.FieldName;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.StateSamples;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When a client is told to come back. */
class PollAdviceTest {
  private static final Task RUNNING = StateSamples.in(new TaskState.Running(StateSamples.JOB));

  private final ManualClock clock = new ManualClock();
  private Optional<Duration> usual = Optional.empty();
  private final PollAdvice advice = new PollAdvice((_, _) -> usual, clock);

  @ParameterizedTest
  @CsvSource({
    // usual, running for, advice; milliseconds
    "60000, 0, 15000",
    "60000, 40000, 10000",
    "60000, 55000, 2500",
    "60000, 59500, 1000",
    "60000, 60000, 1000",
    "60000, 66000, 1000",
    "60000, 90000, 5000",
    "60000, 600000, 15000"
  })
  void the_closer_the_usual_end_the_sooner(long usualMillis, long runningMillis, long millis) {
    usual = Optional.of(Duration.ofMillis(usualMillis));
    setRunningFor(Duration.ofMillis(runningMillis));

    assertThat(advice.of(RUNNING)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void without_experience_it_is_three_seconds() {
    setRunningFor(Duration.ofMinutes(10));

    assertThat(advice.of(RUNNING)).isEqualTo(PollAdvice.RUNNING);
  }

  static Iterable<TaskState> states() {
    return StateSamples.one();
  }

  @ParameterizedTest
  @MethodSource("states")
  void every_open_state_has_a_time_and_no_final_one(TaskState state) {
    assertThat(advice.of(StateSamples.in(state)).isZero()).isEqualTo(state.isFinal());
  }

  @Test
  void an_answer_is_told_anew_when_its_advice_has_run_out() {
    usual = Optional.of(Duration.ofSeconds(60));
    setRunningFor(Duration.ofSeconds(40));
    View empty = _ -> new JsonText().object().endObject().segments();
    var answers = new ReadyAnswers(empty, advice, new ReadyAnswers.Shelf());

    var first = answers.of(RUNNING, "id", "http://x");
    clock.move(Duration.ofMillis(9_999));
    var same = answers.of(RUNNING, "id", "http://x");
    clock.move(Duration.ofMillis(1));
    var later = answers.of(RUNNING, "id", "http://x");

    assertThat(same).isSameAs(first);
    assertThat(field(first, FieldName.RETRY_AFTER)).isEqualTo("10");
    assertThat(field(later, FieldName.RETRY_AFTER)).isEqualTo("5");
    assertThat(field(later, FieldName.OPENAI_POLL_AFTER_MS)).isEqualTo("5000");
    assertThat(field(later, FieldName.ETAG)).isEqualTo(field(first, FieldName.ETAG));
  }

  private void setRunningFor(Duration running) {
    var now = StateSamples.ATTEMPT.startedAt().plus(running);
    clock.move(Duration.between(clock.instant(), now));
  }

  private static String field(Reply.Ready ready, FieldName name) {
    return ready.fields().stream().filter(f -> f.name() == name).findFirst().orElseThrow().value();
  }
}
