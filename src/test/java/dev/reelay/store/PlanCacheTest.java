package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.Plan;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans in memory, over the database. */
class PlanCacheTest {
  private final StoreKit kit = new StoreKit();
  private final AtomicInteger queries = new AtomicInteger();
  private final AtomicBoolean isAway = new AtomicBoolean();
  private final PlanCache cache = PlanCache.open(this::load);

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void reading_costs_the_database_nothing() {
    for (int n = 0; n < 100; n++) {
      assertThat(cache.get()).hasSize(1);
    }

    assertThat(queries).hasValue(1);
  }

  @Test
  void a_new_plan_is_seen_when_the_change_is_told() {
    kit.tenants.savePlan("gold", OptionalInt.of(5), 1_500_000);
    cache.changed(new Change.OfCatalogue());
    assertThat(cache.get()).hasSize(1);

    cache.changed(new Change.OfKeys());

    assertThat(cache.get()).extracting(Plan::name).containsExactly("default", "gold");
  }

  @Test
  void a_change_that_was_missed_is_seen_later() {
    kit.tenants.savePlan("gold", OptionalInt.of(5), 1_500_000);
    cache.refresh();
    assertThat(cache.get()).hasSize(2);

    kit.tenants.savePlan("silver", OptionalInt.of(5), 1_500_000);
    cache.dropEverything();
    assertThat(cache.get()).hasSize(3);
  }

  @Test
  void plans_that_cannot_be_loaded_leave_the_last_ones_in_force() {
    isAway.set(true);

    assertThatThrownBy(cache::refresh).isInstanceOf(StoreUnavailable.class);
    assertThat(cache.get()).hasSize(1);
  }

  private List<Plan> load() {
    queries.incrementAndGet();
    if (isAway.get()) {
      throw new StoreUnavailable("away", new IllegalStateException());
    }
    return kit.tenants.plans();
  }
}
