package dev.reelay.testkit;

import dev.reelay.access.TenantId;
import dev.reelay.task.TaskId;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.Delivery.Happening;
import dev.reelay.webhook.Delivery.Subject;
import dev.reelay.webhook.DeliveryAttempt;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.Health;
import dev.reelay.webhook.MessageId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ready-made parts of webhooks. */
public final class WebhookSamples {
  public static final URI HOOK = URI.create("https://hooks.example/reelay");
  public static final TenantId TENANT = new TenantId(1);

  private WebhookSamples() {}

  public static Endpoint endpoint() {
    return new Endpoint(
        new EndpointId(TaskSamples.taskId(900).value()),
        TENANT,
        new Endpoint.Target.Address(HOOK),
        Endpoint.Wishes.USUAL,
        Health.GOOD,
        Optional.empty(),
        TaskSamples.NOON);
  }

  public static Endpoint perRequest() {
    return new Endpoint(
        new EndpointId(TaskSamples.taskId(901).value()),
        TENANT,
        new Endpoint.Target.PerRequest(),
        Endpoint.Wishes.PER_REQUEST,
        Health.GOOD,
        Optional.empty(),
        TaskSamples.NOON);
  }

  public static Happening succeeded(TaskId task) {
    return happening(task, EventType.TASK_SUCCEEDED);
  }

  public static Happening happening(TaskId task, EventType type) {
    return new Happening(MessageId.of(task), type, new Subject.OfTask(task), TaskSamples.NOON);
  }

  /** A new delivery of the end of the first task. */
  public static Delivery delivery(Endpoint endpoint) {
    return Delivery.of(
        new DeliveryId(TaskSamples.taskId(800).value()),
        endpoint,
        succeeded(TaskSamples.taskId(1)),
        HOOK,
        1,
        TaskSamples.NOON);
  }

  public static Outcome answered(int status) {
    return new Outcome.Answered(status, "", Optional.empty());
  }

  /** An attempt that took no time. */
  public static DeliveryAttempt attempt(Delivery delivery, Instant at, Outcome outcome) {
    return new DeliveryAttempt(delivery.attempts() + 1, at, Duration.ZERO, outcome);
  }
}
