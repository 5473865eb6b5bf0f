package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.testkit.WebhookStoreContract;
import dev.reelay.testkit.WebhookStoreKit;
import dev.reelay.webhook.Deliveries.Published;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EventType;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    endpoint(tenant);
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
    endpoint(tenant);
    kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());
    kit.deliveries().publish(MANY);
    kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());

    assertThat(kit.newDeliveries().publish(MANY)).isEqualTo(new Published(1, 1));
    assertThat(kit.deliveries().publish(MANY)).isEqualTo(new Published(0, 0));
  }

  /** Its numbers of transactions begin anew, and those that were dumped are far ahead of them. */
  @Test
  void after_a_restore_into_a_new_cluster_what_was_not_told_is_told_and_nothing_twice() {
    var tenant = kit.tenant();
    endpoint(tenant);
    kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());
    kit.deliveries().publish(MANY);
    kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());
    shift("event", "written_by");
    shift("endpoint", "since");
    shift("outbox_reader", "written_by");
    kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());

    var restored = kit.newDeliveries();
    restored.publish(MANY);
    restored.publish(MANY);
    kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());
    restored.publish(MANY);

    assertThat(claim(kit.node())).hasSize(4);
    assertThat(kit.feed().after(tenant, Optional.empty(), MANY).orElseThrow()).hasSize(4);
    assertThat(kit.newDeliveries().publish(MANY)).isEqualTo(new Published(0, 0));
  }

  private void shift(String table, String column) {
    var far = "(" + column + "::text::bigint + 1000000000)::text::xid8";
    var sql = "update " + table + " set " + column + " = " + far;
    assertThat(kit.tasks.sql().<Integer>run(session -> session.update(sql))).isPositive();
  }

  @Test
  void what_refers_to_an_endpoint_is_written_while_it_is_changed() {
    var tenant = kit.tenant();
    var endpoint = endpoint(tenant);

    kit.endpoints()
        .update(
            tenant,
            endpoint.id(),
            found -> {
              assertThat(count("select 1 from endpoint for key share nowait")).isEqualTo(1);
              return found;
            });
  }

  /** A create refers to the tenant; both would wait for each other's rows. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void an_endpoint_is_added_while_a_task_of_its_tenant_is_created() throws SQLException {
    var tenant = kit.tenant();

    try (var connection = kit.tasks.source().getConnection();
        var create = connection.prepareStatement("select 1 from tenant for key share")) {
      connection.setAutoCommit(false);
      create.execute();
      endpoint(tenant);
      connection.rollback();
    }

    assertThat(kit.endpoints().list(Optional.of(tenant))).hasSize(1);
  }

  /** Whoever gives up an endpoint's deliveries has it first: the other order is a deadlock. */
  @Test
  void an_attempt_that_an_endpoint_feels_holds_no_delivery_while_it_waits_for_the_endpoint() {
    var tenant = kit.tenant();
    var endpoint = endpoint(tenant);
    kit.end(tenant, EventType.TASK_SUCCEEDED, Optional.empty());
    kit.deliveries().publish(MANY);
    var node = kit.node();
    var parcel = claim(node).getFirst();

    try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
      kit.endpoints()
          .update(
              tenant,
              endpoint.id(),
              found -> {
                var concluded = other.submit(() -> conclude(node, parcel, 500));
                while (count(WAITING) == 0) {
                  assertThat(concluded.isDone()).isFalse();
                }
                assertThat(count("select 1 from delivery for update nowait")).isEqualTo(1);
                return found;
              });
    }

    assertThat(kit.deliveries().attempts(parcel.delivery().id())).hasSize(1);
  }

  private static final String WAITING =
      "select 1 from pg_stat_activity"
          + " where datname = current_database() and wait_event_type = 'Lock'";

  private int count(String rows) {
    return kit.tasks.sql().run(session -> session.list(rows, _ -> 1)).size();
  }

  private Endpoint endpoint(TenantId tenant) {
    return endpoint(tenant, Endpoint.Wishes.USUAL);
  }
}
