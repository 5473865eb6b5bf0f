package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcIdempotencyStoreTest {
  private final StoreKit kit = new StoreKit();
  private final JdbcIdempotencyStore store = new JdbcIdempotencyStore(kit.database.dataSource());

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void the_oldest_are_forgotten_first_and_no_more_than_asked_for() {
    var tenant = kit.tenant("acme");
    for (var n = 1; n <= 4; n++) {
      kit.execute(
          """
          insert into idempotency (tenant_id, route, key, fingerprint, task_id, answer, created_at)
          values (?, 'create', ?, ?, 'a task', '{}', ?)""",
          tenant.id().value(),
          "key " + n,
          "0f".repeat(32),
          kit.clock.instant().plusSeconds(n));
    }
    var third = kit.clock.instant().plusSeconds(3);

    assertThat(store.forget(third, 1)).isEqualTo(1);
    assertThat(kit.texts("select key from idempotency order by key"))
        .containsExactly("key 2", "key 3", "key 4");
    assertThat(store.forget(third.plus(Duration.ofMillis(1)), 10)).isEqualTo(2);
    assertThat(kit.texts("select key from idempotency")).containsExactly("key 4");
    assertThat(store.forget(third, 10)).isZero();
  }
}
