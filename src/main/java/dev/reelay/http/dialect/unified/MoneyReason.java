package dev.reelay.http.dialect.unified;

import dev.reelay.money.Price;
import dev.reelay.task.Failure;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;

/** One sentence that says why a task's money stands where it does, and by which price. */
final class MoneyReason {
  private MoneyReason() {}

  static String of(Task task) {
    return switch (task.state()) {
      case TaskState.Queued _,
          TaskState.Submitting _,
          TaskState.InDoubt _,
          TaskState.Running _,
          TaskState.Storing _ ->
          "Held until it ends: the most that it may cost, " + price(task) + ".";
      case TaskState.Succeeded(_, _, var charged, _) ->
          "Charged for what was made, "
              + price(task)
              + (charged.equals(task.hold().max()) ? "." : "; the rest was released.");
      case TaskState.Failed(Failure failure, _, _) ->
          "Nothing is charged, all was released: " + failure.code().wire() + ".";
      case TaskState.Canceled _ -> "Nothing is charged, all was released: canceled.";
    };
  }

  private static String price(Task task) {
    var rule = task.hold().snapshot().rule();
    return "priced by "
        + measure(rule.price())
        + " (version "
        + rule.version()
        + " of the price of "
        + rule.model()
        + ")";
  }

  private static String measure(Price price) {
    return switch (price) {
      case Price.PerVideo _ -> "the video";
      case Price.PerSecond _ -> "the second";
      case Price.PerToken _ -> "the token";
      case Price.PerUnit _ -> "the provider's unit";
      case Price.ReportedCost _ -> "what the provider reports";
    };
  }
}
