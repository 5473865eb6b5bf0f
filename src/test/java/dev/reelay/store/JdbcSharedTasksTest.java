package dev.reelay.store;

import dev.reelay.testkit.SharedTasksContract;
import dev.reelay.testkit.TaskStoreKit;

class JdbcSharedTasksTest extends SharedTasksContract {
  private final JdbcTaskStoreKit kit = JdbcTaskStoreKit.fresh();

  @Override
  protected TaskStoreKit kit() {
    return kit;
  }
}
