package dev.reelay.http.dialect;

import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import java.util.Optional;

/** What every dialect tells of a task in the same way. */
public final class TaskFacts {
  private static final int OPEN_PROGRESS_MAX = 99;

  private TaskFacts() {}

  /** Percent; 100 only with a result. */
  public static int progress(Task task) {
    return task.state() instanceof TaskState.Succeeded
        ? 100
        : Math.min(task.marks().progress(), OPEN_PROGRESS_MAX);
  }

  /** A text of the caller or the provider, harmless for clients that look for a URL. */
  public static String shown(Task task, String text) {
    return task.state() instanceof TaskState.Succeeded ? text : WebAddress.defanged(text);
  }

  /** Why it failed; empty if it did not. */
  public static Optional<Failure> failure(Task task) {
    return switch (task.state()) {
      case TaskState.Failed(Failure failure, _, _) -> Optional.of(failure);
      case TaskState.Canceled _ -> Optional.of(Failure.of(ErrorCode.CANCELED));
      case TaskState.Queued _,
          TaskState.Submitting _,
          TaskState.InDoubt _,
          TaskState.Running _,
          TaskState.Storing _,
          TaskState.Succeeded _ ->
          Optional.empty();
    };
  }
}
