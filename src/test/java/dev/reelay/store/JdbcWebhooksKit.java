package dev.reelay.store;

import dev.reelay.access.KeyPurpose;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Sealer;
import dev.reelay.access.TenantId;
import dev.reelay.money.Money;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore.NewTask;
import dev.reelay.task.VideoRequest;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.testkit.WebhookStoreKit;
import dev.reelay.webhook.EventType;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** The stores of webhooks on PostgreSQL; tasks are accepted for real, their ends are put in. */
final class JdbcWebhooksKit implements WebhookStoreKit {
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Money PRICE = Money.parse("0.01");

  final JdbcTaskStoreKit tasks = JdbcTaskStoreKit.fresh();
  final ManualClock clock = new ManualClock();
  private final AtomicInteger numbers = new AtomicInteger();
  private final SecureRandom random = new SecureRandom();
  private final Sealer sealer =
      new Sealer(MasterKey.generate(random).derive(KeyPurpose.WEBHOOK_SECRETS), random);
  private final JdbcEndpoints endpoints = new JdbcEndpoints(tasks.source(), sealer, clock, random);
  private final JdbcDeliveries deliveries = newDeliveries();

  /** As another node, or the same one after a restart, has it. */
  JdbcDeliveries newDeliveries() {
    return new JdbcDeliveries(tasks.source(), sealer, clock, random);
  }

  @Override
  public ManualClock clock() {
    return clock;
  }

  @Override
  public JdbcEndpoints endpoints() {
    return endpoints;
  }

  @Override
  public JdbcDeliveries deliveries() {
    return deliveries;
  }

  @Override
  public JdbcEventFeed feed() {
    return new JdbcEventFeed(tasks.source());
  }

  @Override
  public TenantId tenant() {
    return tasks.tenant(Money.parse("100"));
  }

  @Override
  public TaskId end(TenantId tenant, EventType type, Optional<URI> callback) {
    var task = accept(tenant, callback);
    tasks
        .sql()
        .run(
            session ->
                session.update(
                    "insert into event (tenant_id, task_id, type, created_at) values (?, ?, ?, ?)",
                    tenant.value(),
                    task.value(),
                    type.wire(),
                    clock.instant()));
    return task;
  }

  /** A task that has not ended. */
  TaskId accept(TenantId tenant, Optional<URI> callback) {
    var id = TaskSamples.taskId(numbers.incrementAndGet());
    var key = tasks.key(tenant, Optional.empty());
    var usual = TaskSamples.request();
    var extras =
        new VideoRequest.Extras(Optional.empty(), Map.of(), callback, Optional.empty(), List.of());
    var request =
        new VideoRequest(
            usual.form(),
            usual.served(),
            usual.prompt(),
            usual.shape(),
            usual.images(),
            usual.options(),
            extras);
    var accepted =
        new Task.Accepted(
            tenant,
            key,
            request,
            TaskSamples.holdPerVideo(PRICE),
            TaskSamples.NOON,
            TaskSamples.deadlines());
    tasks
        .tasks()
        .create(
            new NewTask(TaskSamples.queued(id, accepted), OptionalInt.empty(), Optional.empty()));
    return id;
  }

  @Override
  public long node() {
    return tasks.nodes().register("node " + numbers.incrementAndGet(), LEASE);
  }

  @Override
  public void die(long fence) {
    tasks
        .sql()
        .run(
            session ->
                session.update(
                    "update node set lease_until = now() - interval '1 s' where fence = ?", fence));
  }

  @Override
  public void close() {
    tasks.close();
  }
}
