package dev.reelay.http.dialect.unified;

import dev.reelay.task.Task;
import java.util.regex.Pattern;

/**
 * The name of an event: the number that the step has in the task's timeline and, once there is
 * progress, its percent: {@code 3} or {@code 3.40}. A client gives the last one back when it
 * returns.
 *
 * @param number -1 before everything
 */
record EventId(long number, int progress) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,3}))?");
  private static final EventId NONE = new EventId(-1, 0);

  static EventId of(Task task) {
    return new EventId(task.version(), task.marks().progress());
  }

  /** Reads one back; whatever is none of ours is as good as none. */
  static EventId parse(String text) {
    var matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      return NONE;
    }
    var progress = matcher.group(2);
    return new EventId(
        Long.parseLong(matcher.group(1)), progress == null ? 0 : Integer.parseInt(progress));
  }

  boolean isNone() {
    return number < 0;
  }

  boolean isAfter(EventId other) {
    return number > other.number || (number == other.number && progress > other.progress);
  }

  @Override
  public String toString() {
    return progress == 0 ? String.valueOf(number) : number + "." + progress;
  }
}
