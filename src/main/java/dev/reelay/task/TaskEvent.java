package dev.reelay.task;

import dev.reelay.money.Bill;
import dev.reelay.money.Usage;
import java.time.Duration;
import java.util.Optional;

/**
 * What happened to a task. The words are the timeline's: {@code noun.past_tense}. Facts about an
 * attempt name its number, so that an answer which comes late never lands on a newer attempt.
 */
public sealed interface TaskEvent {
  /** A channel was chosen; the attempt is committed before the first byte leaves. */
  record SubmitStarted(Attempt attempt, String why) implements TaskEvent {}

  /**
   * Nothing left us: the next channel may be tried. It names the whole attempt, since its commit
   * may have got no answer, and then another node's attempt may bear the same number.
   */
  record NotSent(Attempt attempt, String why) implements TaskEvent {}

  /** The provider has the job under this id. */
  record Accepted(int attempt, String upstreamId) implements TaskEvent {}

  /**
   * The provider refused and made nothing.
   *
   * @param ourAccount it is our account's fault: another channel may be tried
   */
  record Rejected(int attempt, Failure failure, boolean ourAccount) implements TaskEvent {}

  /** Bytes left and no usable answer came: the job may exist. */
  record AnswerLost(int attempt, String why) implements TaskEvent {}

  /** The node that was submitting is gone. */
  record OwnerDied() implements TaskEvent {}

  /** A recipe found the job of a doubt, perhaps already done. */
  record Found(int attempt, String upstreamId, Optional<VideoResult> result) implements TaskEvent {}

  /** It is proved that the doubted attempt made nothing. */
  record NeverCreated(int attempt, String evidence) implements TaskEvent {}

  /**
   * The doubt is as old as one may be.
   *
   * @param longest from the send on, as the provider's means allow
   */
  record DoubtExpired(Duration longest) implements TaskEvent {}

  /** An operator gave the doubted attempt its job's id. */
  record Attached(String upstreamId, String operator) implements TaskEvent {}

  /** An operator takes the risk of a second job. */
  record ResendOrdered(String operator) implements TaskEvent {}

  /** An operator gives the money back. */
  record RefundOrdered(String operator, String reason) implements TaskEvent {}

  /** The provider says it is done. */
  record Finished(VideoResult result) implements TaskEvent {}

  /**
   * The provider says it failed.
   *
   * @param bill what it takes all the same
   */
  record UpstreamFailed(Failure failure, Bill bill) implements TaskEvent {
    /** It does not say what it takes. */
    public UpstreamFailed(Failure failure) {
      this(failure, Bill.SILENT);
    }
  }

  /** The provider says it was canceled. */
  record UpstreamCanceled() implements TaskEvent {}

  /** The file is fetched, sniffed, hashed and kept. */
  record Stored(Output output, Usage facts) implements TaskEvent {}

  /** What the provider gave is no video, or can surely never be fetched. */
  record StoreRefused(Failure failure) implements TaskEvent {}

  /** Somebody wants it stopped. */
  record CancelRequested(String by) implements TaskEvent {}

  /** The provider was asked to cancel and gave no answer: only its verdict will tell. */
  record CancelUnanswered(String why) implements TaskEvent {}

  /** Somebody wants it gone: cancel if open, and hide it. */
  record DeleteRequested(String by) implements TaskEvent {}

  /** The clock passed the task's deadline. */
  record DeadlinePassed() implements TaskEvent {}

  /** The word in the timeline. */
  default String word() {
    return switch (this) {
      case SubmitStarted _ -> "submit.started";
      case NotSent _ -> "submit.not_sent";
      case Accepted _ -> "submit.accepted";
      case Rejected _ -> "submit.rejected";
      case AnswerLost _ -> "submit.answer_lost";
      case OwnerDied _ -> "submit.owner_died";
      case Found _ -> "doubt.found";
      case NeverCreated _ -> "doubt.never_created";
      case DoubtExpired _ -> "doubt.expired";
      case Attached _ -> "doubt.attached";
      case ResendOrdered _ -> "doubt.resend_ordered";
      case RefundOrdered _ -> "doubt.refund_ordered";
      case Finished _ -> "upstream.finished";
      case UpstreamFailed _ -> "upstream.failed";
      case UpstreamCanceled _ -> "upstream.canceled";
      case Stored _ -> "result.stored";
      case StoreRefused _ -> "result.refused";
      case CancelRequested _ -> "cancel.requested";
      case CancelUnanswered _ -> "cancel.unanswered";
      case DeleteRequested _ -> "delete.requested";
      case DeadlinePassed _ -> "deadline.passed";
    };
  }
}
