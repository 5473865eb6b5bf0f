package dev.reelay.http.dialect.newapi;

import dev.reelay.task.TaskState;

/** The four words that new-api writes beside {@code url} and {@code format}. */
enum NewApiWord {
  QUEUED("queued"),
  PROCESSING("processing"),
  SUCCEEDED("succeeded"),
  FAILED("failed");

  private final String text;

  NewApiWord(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  static NewApiWord of(TaskState.Name state) {
    return switch (state) {
      case QUEUED, SUBMITTING -> QUEUED;
      case IN_DOUBT, RUNNING, STORING -> PROCESSING;
      case SUCCEEDED -> SUCCEEDED;
      case FAILED, CANCELED -> FAILED;
    };
  }
}
