package dev.reelay.store;

import dev.reelay.testkit.TaskStoreContract;
import dev.reelay.testkit.TaskStoreKit;

/** PostgreSQL keeps every promise of the port. */
class JdbcTaskStoreTest extends TaskStoreContract {
  private final JdbcTaskStoreKit kit = JdbcTaskStoreKit.fresh();

  @Override
  protected TaskStoreKit kit() {
    return kit;
  }
}
