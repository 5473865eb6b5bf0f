package dev.reelay.testkit;

import dev.reelay.access.TenantId;
import dev.reelay.task.TaskId;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Endpoints;
import dev.reelay.webhook.EventFeed;
import dev.reelay.webhook.EventType;
import java.net.URI;
import java.util.Optional;

/** What a suite over the stores of webhooks needs beside the ports. */
public interface WebhookStoreKit extends AutoCloseable {
  ManualClock clock();

  Endpoints endpoints();

  Deliveries deliveries();

  EventFeed feed();

  TenantId tenant();

  /** A task that ends so; its event is in the outbox. */
  TaskId end(TenantId tenant, EventType type, Optional<URI> callback);

  /** The fence of a node that lives. */
  long node();

  /** Its lease is over. */
  void die(long fence);

  @Override
  default void close() {}
}
