package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.Money;
import dev.reelay.task.Margins;
import dev.reelay.task.Refunds.Refund;
import dev.reelay.task.Task;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.MarginsContract;
import dev.reelay.testkit.TaskStoreKit;
import java.util.Optional;

/** PostgreSQL keeps every promise of the port. */
class JdbcMarginsTest extends MarginsContract {
  private final JdbcTaskStoreKit kit = JdbcTaskStoreKit.fresh();

  @Override
  protected TaskStoreKit kit() {
    return kit;
  }

  @Override
  protected Margins margins() {
    return new JdbcMargins(kit.source());
  }

  @Override
  protected void refund(Task task, Money amount) {
    var refunds = new JdbcRefunds(kit.source(), new ManualClock());
    assertThat(refunds.refund(task.id(), Optional.of(amount), "a test"))
        .isInstanceOf(Refund.Refunded.class);
  }
}
