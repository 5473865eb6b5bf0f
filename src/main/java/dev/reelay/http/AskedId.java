package dev.reelay.http;

import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.routing.ModelName;
import dev.reelay.task.TaskId;
import java.util.Optional;

/**
 * A task id as a caller wrote it: {@code [anything:](task_|video_)<26>}. What stands before the
 * last colon is not looked at, for clients put the model or what they like there.
 *
 * @param text exactly as asked for; answers give it back so
 */
public record AskedId(TaskId id, String text) {
  public static final int CHARS_MAX = 512;

  /** Before the same 26 characters where a task is shown as OpenAI shows a video. */
  public static final String VIDEO_PREFIX = "video_";

  private static final String ENCODED_COLON = "%3A";

  /** Reads an id; empty if it is none of ours. */
  public static Optional<AskedId> parse(String text) {
    int length = text.length();
    int start = length - TimeOrderedIds.TEXT_CHARS;
    if (length > CHARS_MAX || start < TaskId.PREFIX.length()) {
      return Optional.empty();
    }
    var name = text.substring(start);
    boolean isOurs =
        isPrefixed(text, start, TaskId.PREFIX) || isPrefixed(text, start, VIDEO_PREFIX);
    return isOurs && TimeOrderedIds.isText(name)
        ? Optional.of(new AskedId(new TaskId(name), text))
        : Optional.empty();
  }

  /** The id as the unified format writes it: {@code <model>:task_<26>}. */
  public static AskedId withModel(ModelName model, TaskId id) {
    return new AskedId(id, model.asIdPrefix() + ":" + id.prefixed());
  }

  /** A colon encoded twice arrives here encoded once; it means the same. */
  private static boolean isPrefixed(String text, int end, String prefix) {
    int start = end - prefix.length();
    return start >= 0
        && text.startsWith(prefix, start)
        && (start == 0
            || text.charAt(start - 1) == ':'
            || (start >= ENCODED_COLON.length()
                && text.regionMatches(true, start - 3, ENCODED_COLON, 0, 3)));
  }
}
