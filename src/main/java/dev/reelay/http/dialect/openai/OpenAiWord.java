package dev.reelay.http.dialect.openai;

import dev.reelay.task.TaskState;

/** The four words of the format; polling loops are written against these and end on no other. */
enum OpenAiWord {
  QUEUED("queued"),
  IN_PROGRESS("in_progress"),
  COMPLETED("completed"),
  FAILED("failed");

  private final String text;

  OpenAiWord(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** There is no word for a canceled task: it failed, and its code says why. */
  static OpenAiWord of(TaskState.Name state) {
    return switch (state) {
      case QUEUED, SUBMITTING -> QUEUED;
      case IN_DOUBT, RUNNING, STORING -> IN_PROGRESS;
      case SUCCEEDED -> COMPLETED;
      case FAILED, CANCELED -> FAILED;
    };
  }
}
