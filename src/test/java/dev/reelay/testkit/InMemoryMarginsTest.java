package dev.reelay.testkit;

import dev.reelay.money.Money;
import dev.reelay.task.Margins;
import dev.reelay.task.Task;

/** The fake keeps every promise of the port. */
class InMemoryMarginsTest extends MarginsContract {
  private final InMemoryTaskStoreKit kit = new InMemoryTaskStoreKit();

  @Override
  protected TaskStoreKit kit() {
    return kit;
  }

  @Override
  protected Margins margins() {
    return kit.margins();
  }

  @Override
  protected void refund(Task task, Money amount) {
    kit.refund(task, amount);
  }
}
