package dev.reelay.cli;

import dev.reelay.access.Accounts;
import dev.reelay.money.Cost;
import dev.reelay.money.CostRule;
import dev.reelay.money.EntryKind;
import dev.reelay.money.Factors;
import dev.reelay.money.Money;
import dev.reelay.task.Attempt;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything about one task for the operator. */
final class TaskPage {
  private TaskPage() {}

  static Doc of(Desk desk, Task task, Map<Long, String> tenantNames) {
    var store = desk.work().tasks();
    var entries = TaskCommands.entries(desk, task);
    var page = about(Docs.task(task, tenantNames), task);
    DoubtPage.part(desk, task).ifPresent(doubt -> page.part("doubt", doubt));
    return page.part("request", request(task))
        .part("money", money(task, entries))
        .rows("ledger", entries.stream().map(TaskPage::entry).toList())
        .rows("attempts", store.attempts(task.id()).stream().map(TaskPage::attempt).toList())
        .rows("timeline", store.timeline(task.id()).stream().map(TaskPage::event).toList());
  }

  private static Doc about(Doc doc, Task task) {
    return doc.text("why", why(task.state()))
        .text("upstream_id", task.state().jobIfAny().map(job -> job.upstreamId()))
        .claim("cancel_requested", task.marks().cancelRequested())
        .number("key", task.accepted().key().value())
        .text("node", task.custody().node())
        .time("finish_by", task.accepted().deadlines().finishBy())
        .time("finished_at", task.state().finishedAt())
        .time("deleted_at", task.marks().deletedAt());
  }

  private static Optional<String> why(TaskState state) {
    return switch (state) {
      case TaskState.InDoubt doubt ->
          Optional.of(
              doubt.evidence() + "; decide: attach its id, resend it, or refund it (reelay task)");
      case TaskState.Failed failed ->
          Optional.of(failed.failure().code().wire() + ": " + failed.failure().message());
      case TaskState.Canceled canceled -> Optional.of("by " + canceled.by());
      case TaskState.Queued _,
          TaskState.Submitting _,
          TaskState.Running _,
          TaskState.Storing _,
          TaskState.Succeeded _ ->
          Optional.empty();
    };
  }

  private static Doc request(Task task) {
    var request = task.request();
    return new Doc()
        .text("prompt", request.prompt())
        .text("served_model", request.served().value())
        .number("seconds", request.shape().seconds())
        .text("resolution", request.shape().resolution().toString())
        .text("ratio", request.shape().ratio().toString())
        .claim("audio", request.shape().audio())
        .number("images", request.images().size())
        .words("image_roles", request.images().stream().map(image -> image.role().word()).toList())
        .words("warnings", request.extras().warnings());
  }

  /** What was held, charged, released and given back, on which price, and what it cost us. */
  private static Doc money(Task task, List<Accounts.Line> entries) {
    var snapshot = task.hold().snapshot();
    var held = sum(entries, EntryKind.HOLD);
    var settled = sum(entries, EntryKind.SETTLE);
    var released = sum(entries, EntryKind.RELEASE);
    return new Doc()
        .text(
            "price",
            PriceWords.of(snapshot.rule().price()) + " (version " + snapshot.rule().version() + ")")
        .text("plan_factor", Factors.decimal(snapshot.factors().planMillionths()))
        .text("tenant_factor", Factors.decimal(snapshot.factors().tenantMillionths()))
        .money("held", held.minus(settled).minus(released))
        .money("charged", settled)
        .money("released", released)
        .money("refunded", sum(entries, EntryKind.REFUND))
        .money("cost", task.marks().cost().map(Cost::amount))
        .text("cost_known_from", costKnownFrom(task))
        .text("cost_rule", costRule(task).map(TaskPage::words));
  }

  /** Nobody knows it of a task that is under way, and of some never. */
  private static Optional<String> costKnownFrom(Task task) {
    return task.marks()
        .cost()
        .map(
            cost ->
                switch (cost.basis()) {
                  case REPORTED -> "the provider";
                  case RULE -> "the rule";
                });
  }

  private static Optional<CostRule> costRule(Task task) {
    return task.state().attemptIfAny().flatMap(Attempt::costs);
  }

  private static String words(CostRule rule) {
    return PriceWords.of(rule) + " (version " + rule.version() + ")";
  }

  private static Money sum(List<Accounts.Line> entries, EntryKind kind) {
    return entries.stream()
        .filter(line -> line.entry().kind() == kind)
        .map(line -> line.entry().amount())
        .reduce(Money.ZERO, Money::plus);
  }

  private static Doc entry(Accounts.Line line) {
    return Docs.ledgerLine(line);
  }

  private static Doc attempt(TaskStore.AttemptRow row) {
    var attempt = row.attempt();
    return new Doc()
        .number("number", attempt.number())
        .time("started_at", attempt.startedAt())
        .number("channel", attempt.channel().value())
        .number("credential", attempt.credential().value())
        .text("upstream_model", attempt.upstreamModel())
        .text("fate", row.fate())
        .text("upstream_id", row.upstreamId())
        .text("why", row.why());
  }

  private static Doc event(TaskStore.TimelineRow row) {
    return new Doc()
        .time("at", row.at())
        .text("event", row.word())
        .text("state", row.state())
        .text("detail", row.detail());
  }
}
