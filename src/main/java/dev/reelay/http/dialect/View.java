package dev.reelay.http.dialect;

import dev.reelay.http.Segments;
import dev.reelay.task.Task;

/** How a dialect shows a task: pure, so that the same task always gives the same bytes. */
@FunctionalInterface
public interface View {
  Segments render(Task task);
}
