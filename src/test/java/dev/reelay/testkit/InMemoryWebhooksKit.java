package dev.reelay.testkit;

import dev.reelay.access.TenantId;
import dev.reelay.task.TaskId;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Endpoints;
import dev.reelay.webhook.EventFeed;
import dev.reelay.webhook.EventType;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The stores of webhooks in memory as the suites see them. */
final class InMemoryWebhooksKit implements WebhookStoreKit {
  private final ManualClock clock = new ManualClock();
  private final InMemoryWebhooks webhooks = new InMemoryWebhooks(clock);
  private final AtomicInteger numbers = new AtomicInteger();

  @Override
  public ManualClock clock() {
    return clock;
  }

  @Override
  public Endpoints endpoints() {
    return webhooks;
  }

  @Override
  public Deliveries deliveries() {
    return webhooks;
  }

  @Override
  public EventFeed feed() {
    return webhooks;
  }

  @Override
  public TenantId tenant() {
    return new TenantId(numbers.incrementAndGet());
  }

  @Override
  public TaskId end(TenantId tenant, EventType type, Optional<URI> callback) {
    var task = TaskSamples.taskId(numbers.incrementAndGet());
    webhooks.happen(tenant, task, type, callback);
    return task;
  }

  @Override
  public long node() {
    var fence = numbers.incrementAndGet();
    webhooks.live(fence);
    return fence;
  }

  @Override
  public void die(long fence) {
    webhooks.die(fence);
  }
}
