package dev.reelay.task;

import dev.reelay.testkit.StateSamples;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One event of each kind by its word; where one kind acts in two ways, the second has a suffix. */
final class EventSamples {
  static final List<String> NAMES =
      List.of(
          "submit.started",
          "submit.not_sent",
          "submit.accepted",
          "submit.accepted/other",
          "submit.rejected",
          "submit.rejected/ours",
          "submit.answer_lost",
          "submit.owner_died",
          "doubt.found",
          "doubt.found/done",
          "doubt.never_created",
          "doubt.expired",
          "doubt.attached",
          "doubt.resend_ordered",
          "doubt.refund_ordered",
          "upstream.finished",
          "upstream.failed",
          "upstream.canceled",
          "result.stored",
          "result.refused",
          "cancel.requested",
          "cancel.unanswered",
          "delete.requested",
          "deadline.passed");

  private EventSamples() {}

  static boolean namesItsAttempt(String name) {
    return switch (of(name, 1)) {
      case TaskEvent.NotSent _,
          TaskEvent.Accepted _,
          TaskEvent.Rejected _,
          TaskEvent.AnswerLost _,
          TaskEvent.Found _,
          TaskEvent.NeverCreated _ ->
          true;
      case TaskEvent.SubmitStarted _,
          TaskEvent.OwnerDied _,
          TaskEvent.DoubtExpired _,
          TaskEvent.Attached _,
          TaskEvent.ResendOrdered _,
          TaskEvent.RefundOrdered _,
          TaskEvent.Finished _,
          TaskEvent.UpstreamFailed _,
          TaskEvent.UpstreamCanceled _,
          TaskEvent.Stored _,
          TaskEvent.StoreRefused _,
          TaskEvent.CancelRequested _,
          TaskEvent.CancelUnanswered _,
          TaskEvent.DeleteRequested _,
          TaskEvent.DeadlinePassed _ ->
          false;
    };
  }

  /**
   * @param attempt the attempt that an answer is about
   */
  static TaskEvent of(String name, int attempt) {
    var id = TaskSamples.taskId(1);
    var refused = Failure.of(ErrorCode.CONTENT_REFUSED);
    return switch (name) {
      case "submit.started" ->
          new TaskEvent.SubmitStarted(
              TaskSamples.attempt(id, 1, StateSamples.CHANNEL), "the only channel");
      case "submit.not_sent" ->
          new TaskEvent.NotSent(
              TaskSamples.attempt(id, attempt, StateSamples.CHANNEL), "no connection");
      case "submit.accepted" -> new TaskEvent.Accepted(attempt, "their-1");
      case "submit.accepted/other" -> new TaskEvent.Accepted(attempt, "their-2");
      case "submit.rejected" -> new TaskEvent.Rejected(attempt, refused, false);
      case "submit.rejected/ours" ->
          new TaskEvent.Rejected(attempt, Failure.of(ErrorCode.UPSTREAM_ACCOUNT), true);
      case "submit.answer_lost" -> new TaskEvent.AnswerLost(attempt, "reset");
      case "submit.owner_died" -> new TaskEvent.OwnerDied();
      case "doubt.found" -> new TaskEvent.Found(attempt, "their-1", Optional.empty());
      case "doubt.found/done" ->
          new TaskEvent.Found(attempt, "their-1", Optional.of(StateSamples.RESULT));
      case "doubt.never_created" -> new TaskEvent.NeverCreated(attempt, "not in their list");
      case "doubt.expired" -> new TaskEvent.DoubtExpired(Duration.ofHours(1));
      case "doubt.attached" -> new TaskEvent.Attached("their-1", "kim");
      case "doubt.resend_ordered" -> new TaskEvent.ResendOrdered("kim");
      case "doubt.refund_ordered" -> new TaskEvent.RefundOrdered("kim", "too long");
      case "upstream.finished" -> new TaskEvent.Finished(StateSamples.RESULT);
      case "upstream.failed" -> new TaskEvent.UpstreamFailed(Failure.of(ErrorCode.UPSTREAM_FAILED));
      case "upstream.canceled" -> new TaskEvent.UpstreamCanceled();
      case "result.stored" -> new TaskEvent.Stored(TaskSamples.output(id), TaskSamples.made(5_000));
      case "result.refused" ->
          new TaskEvent.StoreRefused(Failure.of(ErrorCode.RESULT_NOT_PLAYABLE));
      case "cancel.requested" -> new TaskEvent.CancelRequested("the caller");
      case "cancel.unanswered" -> new TaskEvent.CancelUnanswered("read timed out");
      case "delete.requested" -> new TaskEvent.DeleteRequested("the caller");
      case "deadline.passed" -> new TaskEvent.DeadlinePassed();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
