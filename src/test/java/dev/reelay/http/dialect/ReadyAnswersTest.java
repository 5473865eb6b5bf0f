package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.JsonText;
import dev.reelay.task.Task;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskSamples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The answers of several dialects on one shelf. */
class ReadyAnswersTest {
  private static final int ROOM_FOR = 10;
  private static final Task TASK = TaskSamples.queued();

  private final PollAdvice advice = new PollAdvice((_, _) -> Optional.empty(), new ManualClock());

  @Test
  void each_dialect_has_its_own_answer_to_the_same_question() {
    var shelf = new ReadyAnswers.Shelf();
    var one = answers("one", shelf);
    var two = answers("two", shelf);

    assertThat(text(one)).contains("one");
    assertThat(text(two)).contains("two");
    assertThat(one.of(TASK, "id", "http://x")).isSameAs(one.of(TASK, "id", "http://x"));
    assertThat(shelf.count()).isEqualTo(2);
  }

  @Test
  void all_dialects_together_have_one_bound() {
    var shelf = new ReadyAnswers.Shelf(ROOM_FOR * 1_000);

    for (int dialect = 0; dialect < 10 * ROOM_FOR; dialect++) {
      answers("one", shelf).of(TASK, "id", "http://x");
    }

    assertThat(shelf.count()).isBetween(1L, 2L * ROOM_FOR);
  }

  private ReadyAnswers answers(String name, ReadyAnswers.Shelf shelf) {
    View view = _ -> new JsonText().object().field("name", name).endObject().segments();
    return new ReadyAnswers(view, advice, shelf);
  }

  private static String text(ReadyAnswers answers) {
    return new String(answers.of(TASK, "id", "http://x").body(), UTF_8);
  }
}
