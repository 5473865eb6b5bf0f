package dev.reelay.testkit;

import dev.reelay.task.Doubts;

class InMemoryDoubtsTest extends DoubtsContract {
  private final InMemoryTaskStoreKit kit = new InMemoryTaskStoreKit();
  private final Doubts doubts = kit.doubts();

  @Override
  protected TaskStoreKit kit() {
    return kit;
  }

  @Override
  protected Doubts doubts() {
    return doubts;
  }
}
