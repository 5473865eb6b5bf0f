package dev.reelay.testkit;

class InMemorySharedTasksTest extends SharedTasksContract {
  private final TaskStoreKit kit = new InMemoryTaskStoreKit();

  @Override
  protected TaskStoreKit kit() {
    return kit;
  }
}
