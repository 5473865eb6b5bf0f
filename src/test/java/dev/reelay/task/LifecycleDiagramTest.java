package dev.reelay.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Golden;
import dev.reelay.testkit.StateSamples;
import dev.reelay.testkit.TaskSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The diagram in the documentation is what the rules do; {@code make golden} rewrites it. */
class LifecycleDiagramTest {
  private static final Path PAGE = Path.of("docs/task-lifecycle.md");
  private static final String BEGIN = "```mermaid\n";
  private static final String END = "```\n";

  private record Arrow(TaskState.Name from, TaskState.Name to) {}

  @Test
  void the_page_shows_the_transitions_that_the_rules_make() throws IOException {
    if (Golden.isRewriting()) {
      var page = Files.readString(PAGE);
      Files.writeString(PAGE, page.replace(BEGIN + diagramIn(page), BEGIN + diagram()));
    }

    assertThat(diagramIn(Files.readString(PAGE))).isEqualTo(diagram());
  }

  @Test
  void the_page_names_every_state_and_every_event() throws IOException {
    var page = Files.readString(PAGE);

    assertThat(Arrays.stream(TaskState.Name.values()).map(name -> "| `" + name.wire() + "` |"))
        .allSatisfy(row -> assertThat(page).contains(row));
    assertThat(EventSamples.NAMES.stream().map(name -> EventSamples.of(name, 1).word()))
        .allSatisfy(word -> assertThat(page).contains(word));
  }

  private static String diagramIn(String page) {
    var begin = page.indexOf(BEGIN) + BEGIN.length();
    return page.substring(begin, page.indexOf(END, begin));
  }

  private static String diagram() {
    var text = new StringBuilder("stateDiagram-v2\n  [*] --> queued: task.created\n");
    arrows()
        .forEach(
            (arrow, words) ->
                text.append("  %s --> %s: ".formatted(arrow.from().wire(), arrow.to().wire()))
                    .append(String.join("<br>", words))
                    .append('\n'));
    for (var name : TaskState.Name.values()) {
      text.append(name.isFinal() ? "  " + name.wire() + " --> [*]\n" : "");
    }
    return text.toString();
  }

  private static Map<Arrow, Set<String>> arrows() {
    var arrows = new LinkedHashMap<Arrow, Set<String>>();
    for (var state : StateSamples.one()) {
      for (var name : EventSamples.NAMES) {
        var task = StateSamples.in(state);
        note(arrows, task, name, "");
        note(arrows, StateSamples.cancelWanted(task), name, " when cancel is wanted");
      }
    }
    return arrows;
  }

  private static void note(Map<Arrow, Set<String>> arrows, Task task, String name, String suffix) {
    var event = EventSamples.of(name, 1);
    var late = TaskSamples.NOON.plus(Duration.ofDays(1));
    if (TaskRules.decide(task, event, late) instanceof Decision.Move(Transition move)
        && move.after().state().kind() != task.state().kind()) {
      var arrow = new Arrow(task.state().kind(), move.after().state().kind());
      var words = arrows.computeIfAbsent(arrow, _ -> new LinkedHashSet<>());
      if (!words.contains(event.word())) {
        words.add(event.word() + suffix);
      }
    }
  }
}
