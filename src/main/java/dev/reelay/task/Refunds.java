package dev.reelay.task;

import dev.reelay.money.Money;
import java.util.Optional;

/** The port to refunds: money given back after a task was settled, as its own ledger entry. */
public interface Refunds {
  /**
   * Gives money back. The sum of a task's refunds never passes its charge.
   *
   * @param amount above zero; empty for all that is left of the charge
   */
  Refund refund(TaskId task, Optional<Money> amount, String reason);

  /** What became of a refund. */
  sealed interface Refund {
    /**
     * @param left what is still charged
     */
    record Refunded(Money amount, Money left) implements Refund {}

    record UnknownTask() implements Refund {}

    /** It did not succeed, so it was never charged: a failed task's hold is released by itself. */
    record NeverCharged() implements Refund {}

    /**
     * @param left the most that can be refunded; zero if all was
     */
    record MoreThanCharged(Money left) implements Refund {}
  }
}
