package dev.reelay.store;

import dev.reelay.task.Doubts;
import dev.reelay.testkit.DoubtsContract;
import dev.reelay.testkit.TaskStoreKit;

class JdbcDoubtsTest extends DoubtsContract {
  private final JdbcTaskStoreKit kit = JdbcTaskStoreKit.fresh();

  @Override
  protected TaskStoreKit kit() {
    return kit;
  }

  @Override
  protected Doubts doubts() {
    return new JdbcDoubts(kit.source());
  }
}
