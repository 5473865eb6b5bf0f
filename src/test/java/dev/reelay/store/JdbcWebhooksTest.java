package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.WebhookSamples;
import dev.reelay.testkit.WebhookStoreContract;
import dev.reelay.testkit.WebhookStoreKit;
import dev.reelay.webhook.Deliveries.Published;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Endpoints.NewEndpoint;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.SigningSecret;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JdbcWebhooksTest extends WebhookStoreContract {
  private static final int MANY = 1_000;
  private final JdbcWebhooksKit kit = new JdbcWebhooksKit();

  @Override
  protected WebhookStoreKit kit() {
    return kit;
  }

  /** An earlier number may be committed after a later one: it must not be passed over. */
  @Test
  void an_event_that_is_committed_late_is_told_all_the_same() throws SQLException {
    var tenant = kit.tenant();
    var secret = SigningSecret.generate(new SecureRandom());
    kit.endpoints()
        .add(new NewEndpoint(tenant, WebhookSamples.HOOK, Endpoint.Wishes.USUAL, secret));
    var late = kit.accept(tenant, Optional.empty());

    try (var connection = kit.tasks.source().getConnection();
        var insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      insert.setLong(1, tenant.value());
      insert.setString(2, late.value());
      insert.executeUpdate();
      kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());
      assertThat(kit.deliveries().publish(MANY)).isEqualTo(new Published(0, 0));
      connection.commit();
    }

    assertThat(kit.deliveries().publish(MANY)).isEqualTo(new Published(2, 2));
  }

  private static final String INSERT =
      "insert into event (tenant_id, task_id, type, created_at)"
          + " values (?, ?, 'task.succeeded', now())";

  @Test
  void tenants_without_webhooks_cost_one_write_for_some_hundred_events() {
    var tenant = kit.tenant();
    IntStream.range(0, 50).forEach(_ -> kit.end(tenant, EventType.TASK_FAILED, Optional.empty()));
    var before = reader();

    assertThat(kit.deliveries().publish(MANY)).isEqualTo(new Published(50, 0));
    assertThat(kit.deliveries().publish(MANY)).isEqualTo(new Published(0, 0));
    assertThat(reader()).isEqualTo(before);

    IntStream.range(0, OutboxPublisher.UNSAVED_MAX)
        .forEach(_ -> kit.end(tenant, EventType.TASK_FAILED, Optional.empty()));
    kit.deliveries().publish(MANY);
    assertThat(reader()).isNotEqualTo(before);
  }

  private String reader() {
    return kit.tasks
        .sql()
        .run(
            session ->
                session.one(
                    "select xmin || ' ' || event_id as text from outbox_reader",
                    row -> row.getString("text")));
  }

  /** A node that dies after what it did and before it knew of it begins where the store says. */
  @Test
  void a_node_that_begins_anew_tells_no_event_twice() {
    var tenant = kit.tenant();
    var secret = SigningSecret.generate(new SecureRandom());
    kit.endpoints()
        .add(new NewEndpoint(tenant, WebhookSamples.HOOK, Endpoint.Wishes.USUAL, secret));
    kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());
    kit.deliveries().publish(MANY);
    kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());

    assertThat(kit.newDeliveries().publish(MANY)).isEqualTo(new Published(1, 1));
    assertThat(kit.deliveries().publish(MANY)).isEqualTo(new Published(0, 0));
  }
}
