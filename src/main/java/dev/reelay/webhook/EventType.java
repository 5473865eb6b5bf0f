package dev.reelay.webhook;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can have happened. The words are a promise to receivers. */
public enum EventType {
  TASK_SUCCEEDED("task.succeeded"),
  TASK_FAILED("task.failed"),
  TASK_CANCELED("task.canceled"),
  /** Another endpoint of the same tenant was switched off because it failed. */
  ENDPOINT_DISABLED("endpoint.disabled"),
  /** Nothing happened: somebody wants to see an event arrive. */
  WEBHOOK_TEST("webhook.test");

  private final String wire;

  EventType(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }

  public static Optional<EventType> find(String wire) {
    return Arrays.stream(values()).filter(type -> type.wire.equals(wire)).findFirst();
  }

  /** What an endpoint may choose from; a test comes to whoever asks for it. */
  public static Set<EventType> choices() {
    return EnumSet.complementOf(EnumSet.of(WEBHOOK_TEST));
  }

  /** What a request's own {@code callback_url} is told: how its task ended. */
  public static Set<EventType> ofTasks() {
    return EnumSet.of(TASK_SUCCEEDED, TASK_FAILED, TASK_CANCELED);
  }

  /** The words of some types, in the order of the catalogue. */
  public static List<String> words(Set<EventType> types) {
    return Arrays.stream(values()).filter(types::contains).map(EventType::wire).toList();
  }
}
