package dev.reelay.webhook;

import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.task.TaskId;
import java.util.Optional;

/**
 * The {@code webhook-id} of an event: the same for each endpoint, each attempt and each replay, so
 * that a receiver can tell what it has seen. A task ends once, so its own characters name the event
 * that it ended.
 *
 * @param value 26 characters as {@link TimeOrderedIds} writes them
 */
public record MessageId(String value) {
  public static final String PREFIX = "evt_";

  public MessageId {
    if (!TimeOrderedIds.isText(value)) {
      throw new IllegalArgumentException("not an event id");
    }
  }

  public static MessageId of(TaskId task) {
    return new MessageId(task.value());
  }

  /** Reads {@code evt_} and the 26 characters. */
  public static Optional<MessageId> parse(String text) {
    return text.startsWith(PREFIX) && TimeOrderedIds.isText(text.substring(PREFIX.length()))
        ? Optional.of(new MessageId(text.substring(PREFIX.length())))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return PREFIX + value;
  }
}
