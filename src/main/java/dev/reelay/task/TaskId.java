package dev.reelay.task;

import dev.reelay.asset.TimeOrderedIds;

/** A task's id without any prefix: 26 characters as {@link TimeOrderedIds} writes them. */
public record TaskId(String value) {
  public static final String PREFIX = "task_";

  public TaskId {
    if (!TimeOrderedIds.isText(value)) {
      throw new IllegalArgumentException("not a task id");
    }
  }

  /** {@code task_} and the 26 characters. */
  public String prefixed() {
    return PREFIX + value;
  }

  @Override
  public String toString() {
    return prefixed();
  }
}
