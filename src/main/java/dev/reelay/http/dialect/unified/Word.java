package dev.reelay.http.dialect.unified;

import dev.reelay.task.TaskState;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The four words of the format. Clients know no others: on any other they spin or give up. */
enum Word {
  PENDING("pending"),
  PROCESSING("processing"),
  COMPLETED("completed"),
  FAILED("failed");

  static final List<String> ALL = Stream.of(values()).map(Word::text).toList();

  private final String text;

  Word(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  static Word of(TaskState.Name state) {
    return switch (state) {
      case QUEUED, SUBMITTING -> PENDING;
      case IN_DOUBT, RUNNING, STORING -> PROCESSING;
      case SUCCEEDED -> COMPLETED;
      case FAILED, CANCELED -> FAILED;
    };
  }

  /** As {@link #of}, of a state by its name in the timeline. */
  static Word ofState(String wire) {
    return of(TaskState.Name.valueOf(wire.toUpperCase(Locale.ROOT)));
  }

  /** The states that a word stands for; empty if it is none of the four. */
  static Set<TaskState.Name> statesOf(String word) {
    return Stream.of(TaskState.Name.values())
        .filter(state -> of(state).text().equals(word))
        .collect(Collectors.toUnmodifiableSet());
  }
}
