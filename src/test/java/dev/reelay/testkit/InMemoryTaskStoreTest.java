package dev.reelay.testkit;

/** The fake keeps every promise of the port. */
class InMemoryTaskStoreTest extends TaskStoreContract {
  private final TaskStoreKit kit = new InMemoryTaskStoreKit();

  @Override
  protected TaskStoreKit kit() {
    return kit;
  }
}
