package dev.reelay.task;

import dev.reelay.money.Closing;
import dev.reelay.money.Cost;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Usage;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.TaskState.Canceled;
import dev.reelay.task.TaskState.Failed;
import dev.reelay.task.TaskState.InDoubt;
import dev.reelay.task.TaskState.Queued;
import dev.reelay.task.TaskState.Running;
import dev.reelay.task.TaskState.Storing;
import dev.reelay.task.TaskState.Submitting;
import dev.reelay.task.TaskState.Succeeded;
import dev.reelay.task.Transition.AttemptChange;
import dev.reelay.task.Transition.Fate;
import dev.reelay.task.Transition.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one door: (task, event, now) gives what changes. Pure. Nobody else changes a task; the table
 * of every state by every event is its test and the diagram in docs/task-lifecycle.md.
 */
public final class TaskRules {
  public static final String OUTBOX_SUCCEEDED = "task.succeeded";
  public static final String OUTBOX_FAILED = "task.failed";
  public static final String OUTBOX_CANCELED = "task.canceled";

  private final Task task;
  private final TaskEvent event;
  private final Instant now;

  private TaskRules(Task task, TaskEvent event, Instant now) {
    this.task = task;
    this.event = event;
    this.now = now;
  }

  public static Decision decide(Task task, TaskEvent event, Instant now) {
    return new TaskRules(task, event, now).decide();
  }

  private Decision decide() {
    return switch (event) {
      case TaskEvent.CancelRequested cancel -> onCancel(cancel.by());
      case TaskEvent.CancelUnanswered unanswered -> onCancelUnanswered(unanswered.why());
      case TaskEvent.DeleteRequested delete -> onDelete(delete.by());
      case TaskEvent.DeadlinePassed _ -> onDeadline();
      case TaskEvent.SubmitStarted started -> onSubmitStarted(started);
      case TaskEvent.NotSent notSent -> onNotSent(notSent);
      case TaskEvent.Accepted accepted ->
          onJob(accepted.attempt(), accepted.upstreamId(), Optional.empty());
      case TaskEvent.Found found -> onJob(found.attempt(), found.upstreamId(), found.result());
      case TaskEvent.Attached attached -> onAttached(attached);
      case TaskEvent.Rejected rejected -> onRejected(rejected);
      case TaskEvent.AnswerLost lost ->
          isCurrent(lost.attempt()) ? onAnswerLost(lost.why()) : stay();
      case TaskEvent.OwnerDied _ -> onAnswerLost("the node that was submitting is gone");
      case TaskEvent.NeverCreated never -> onNeverCreated(never);
      case TaskEvent.DoubtExpired expired -> onDoubtExpired(expired.longest());
      case TaskEvent.ResendOrdered order -> onResend(order.operator());
      case TaskEvent.RefundOrdered order -> onRefund(order);
      case TaskEvent.Finished finished -> onFinished(finished.result());
      case TaskEvent.UpstreamFailed failed -> onUpstreamFailed(failed);
      case TaskEvent.UpstreamCanceled _ -> onUpstreamCanceled();
      case TaskEvent.Stored stored -> onStored(stored);
      case TaskEvent.StoreRefused refused -> onStoreRefused(refused.failure());
    };
  }

  private Decision onSubmitStarted(TaskEvent.SubmitStarted started) {
    if (!(task.state() instanceof Queued(Set<ChannelId> tried))) {
      return stay();
    }
    var opened = new AttemptChange.Opened(started.attempt(), started.why());
    var marks = task.marks().attempted(started.attempt().number());
    return move(
        new Submitting(started.attempt(), tried),
        marks,
        List.of(),
        Optional.of(opened),
        started.why());
  }

  /** Whether the attempt is the one that the state stands on. */
  private boolean isCurrent(int attempt) {
    return task.state().attemptIfAny().map(Attempt::number).filter(n -> n == attempt).isPresent();
  }

  private Decision onNotSent(TaskEvent.NotSent notSent) {
    if (!(task.state() instanceof Submitting(Attempt attempt, Set<ChannelId> tried))
        || !attempt.token().equals(notSent.attempt().token())) {
      return stay();
    }
    var ended = new AttemptChange.Ended(attempt, Fate.NOT_SENT, notSent.why());
    return requeue(with(attempt, tried), ended);
  }

  private Decision onJob(int number, String upstreamId, Optional<VideoResult> result) {
    if (!isCurrent(number)) {
      return late("attempt " + number + " got a job after it was given up: " + upstreamId);
    }
    return switch (task.state()) {
      case Submitting(Attempt attempt, _) -> accepted(new Job(attempt, upstreamId), result);
      case InDoubt(Attempt attempt, _, _) -> accepted(new Job(attempt, upstreamId), result);
      case Queued _, Running _, Storing _, Succeeded _, Failed _, Canceled _ ->
          isOwn(upstreamId) ? known(result) : late("another job appeared: " + upstreamId);
    };
  }

  /** The task's own job again: news only where a result comes after the end. */
  private Decision known(Optional<VideoResult> result) {
    return result.isPresent() ? onFinished(result.get()) : stay();
  }

  private boolean isOwn(String upstreamId) {
    return task.state().jobIfAny().map(job -> job.upstreamId().equals(upstreamId)).orElse(false);
  }

  private Decision accepted(Job job, Optional<VideoResult> result) {
    TaskState next = result.isPresent() ? new Storing(job, result.get()) : new Running(job);
    var got = new AttemptChange.Got(job.attempt(), job.upstreamId());
    var marks = task.marks().nextPoll(Optional.of(now));
    return move(next, marks, List.of(), Optional.of(got), job.upstreamId());
  }

  private Decision onAttached(TaskEvent.Attached attached) {
    return task.state() instanceof InDoubt(Attempt attempt, _, _)
        ? accepted(new Job(attempt, attached.upstreamId()), Optional.empty())
        : refuse("only a task in doubt takes an id");
  }

  private Decision onRejected(TaskEvent.Rejected rejected) {
    if (!isCurrent(rejected.attempt())) {
      return stay();
    }
    return switch (task.state()) {
      case Submitting(Attempt attempt, Set<ChannelId> tried) -> rejected(attempt, tried, rejected);
      // A repeated create that our account may not send says nothing about the first one.
      case InDoubt(Attempt attempt, _, _) when !rejected.ourAccount() ->
          rejected(attempt, Set.of(), rejected);
      case Queued _, InDoubt _, Running _, Storing _, Succeeded _, Failed _, Canceled _ -> stay();
    };
  }

  private Decision rejected(Attempt attempt, Set<ChannelId> tried, TaskEvent.Rejected rejected) {
    var ended = new AttemptChange.Ended(attempt, Fate.REJECTED, rejected.failure().message());
    return rejected.ourAccount()
        ? requeue(with(attempt, tried), ended)
        : fail(rejected.failure(), Optional.of(ended));
  }

  private Decision onAnswerLost(String why) {
    if (!(task.state() instanceof Submitting(Attempt attempt, _))) {
      return stay();
    }
    var ended = new AttemptChange.Ended(attempt, Fate.IN_DOUBT, why);
    return move(new InDoubt(attempt, now, why), task.marks(), List.of(), Optional.of(ended), why);
  }

  private Decision onNeverCreated(TaskEvent.NeverCreated never) {
    return isCurrent(never.attempt()) && task.state() instanceof InDoubt(Attempt attempt, _, _)
        ? requeue(Set.of(), new AttemptChange.Ended(attempt, Fate.NEVER_CREATED, never.evidence()))
        : stay();
  }

  private Decision onDoubtExpired(Duration longest) {
    return task.state() instanceof InDoubt doubt
            && !now.isBefore(doubt.attempt().startedAt().plus(longest))
        ? giveUp(doubt)
        : stay();
  }

  private Decision giveUp(InDoubt doubt) {
    var ended = new AttemptChange.Ended(doubt.attempt(), Fate.GIVEN_UP, doubt.evidence());
    return fail(Failure.of(ErrorCode.IN_DOUBT_GIVEN_UP), Optional.of(ended));
  }

  private Decision onResend(String operator) {
    if (!(task.state() instanceof InDoubt(Attempt attempt, _, _))) {
      return refuse("only a task in doubt can be sent again");
    }
    return task.marks().cancelRequested()
        ? refuse("its caller wants it canceled; refund it instead")
        : requeue(Set.of(), new AttemptChange.Ended(attempt, Fate.GIVEN_UP, "by " + operator));
  }

  /** Back into the queue; but a task that somebody wants canceled ends there at once. */
  private Decision requeue(Set<ChannelId> tried, AttemptChange.Ended ended) {
    return task.marks().cancelRequested()
        ? cancel("an earlier request", Optional.of(ended))
        : move(new Queued(tried), task.marks(), List.of(), Optional.of(ended), ended.why());
  }

  private Decision onRefund(TaskEvent.RefundOrdered order) {
    if (!(task.state() instanceof InDoubt(Attempt attempt, _, _))) {
      return refuse("only a task in doubt is refunded so; a final one by a ledger entry");
    }
    var why = order.reason() + " (" + order.operator() + ")";
    var ended = new AttemptChange.Ended(attempt, Fate.GIVEN_UP, why);
    return fail(new Failure(ErrorCode.OPERATOR_REFUNDED, order.reason()), Optional.of(ended));
  }

  private Decision onFinished(VideoResult result) {
    return switch (task.state()) {
      case Running(Job job) ->
          move(new Storing(job, result), task.marks(), List.of(), Optional.empty(), host(result));
      case Failed _, Canceled _ -> late("done after the end: " + host(result), costOf(result));
      case Queued _, Submitting _, InDoubt _, Storing _, Succeeded _ -> stay();
    };
  }

  /** Result addresses may carry secrets; where they lead may be told. */
  private static String host(VideoResult result) {
    return Optional.ofNullable(result.video().getHost()).orElse("");
  }

  private Decision onUpstreamFailed(TaskEvent.UpstreamFailed failed) {
    return task.state() instanceof Running(Job job)
        ? fail(
            failed.failure(), Optional.empty(), Cost.ofFailed(job.attempt().costs(), failed.bill()))
        : stay();
  }

  private Decision onUpstreamCanceled() {
    return switch (task.state()) {
      case Running _ -> cancel("the provider", Optional.empty());
      case InDoubt(Attempt attempt, _, _) ->
          cancel(
              "the provider",
              Optional.of(new AttemptChange.Ended(attempt, Fate.GIVEN_UP, "canceled upstream")));
      case Queued _, Submitting _, Storing _, Succeeded _, Failed _, Canceled _ -> stay();
    };
  }

  private Decision onStored(TaskEvent.Stored stored) {
    return switch (task.state()) {
      case Storing(Job job, _) -> succeed(job, stored);
      case Failed _, Canceled _ ->
          late("stored after the end: " + stored.output().video().id(), costOf(stored.facts()));
      case Queued _, Submitting _, InDoubt _, Running _, Succeeded _ -> stay();
    };
  }

  private Decision succeed(Job job, TaskEvent.Stored stored) {
    var cost = costOf(stored.facts());
    var closing = Closing.settle(task.hold(), stored.facts().reported(cost));
    var next = new Succeeded(job, stored.output(), closing.charged(), now);
    var marks = task.marks().progress(100).cost(cost);
    return end(next, marks, closing, OUTBOX_SUCCEEDED, Optional.empty());
  }

  private Decision onStoreRefused(Failure failure) {
    return task.state() instanceof Storing(_, VideoResult result)
        ? fail(failure, Optional.empty(), costOf(result))
        : stay();
  }

  private Decision onCancel(String by) {
    return switch (task.state()) {
      case Queued _ -> cancel(by, Optional.empty());
      case Submitting _, InDoubt _, Running _, Storing _ ->
          task.marks().cancelRequested()
              ? stay()
              : move(task.state(), task.marks().cancelWanted(), List.of(), Optional.empty(), by);
      case Succeeded _, Failed _, Canceled _ ->
          new Decision.Refuse(ErrorCode.TASK_FINAL, "the task has already ended");
    };
  }

  private Decision onCancelUnanswered(String why) {
    return task.state() instanceof Running && task.marks().cancelRequested()
        ? move(task.state(), task.marks(), List.of(), Optional.empty(), why)
        : stay();
  }

  private Decision onDelete(String by) {
    if (task.marks().deletedAt().isPresent()) {
      return stay();
    }
    var marks = task.marks().deleted(now);
    return switch (task.state()) {
      case Queued _ ->
          end(
              new Canceled(by, Optional.empty(), now),
              marks,
              Closing.release(task.hold(), "deleted while queued"),
              OUTBOX_CANCELED,
              Optional.empty());
      case Submitting _, InDoubt _, Running _, Storing _ ->
          move(task.state(), marks.cancelWanted(), List.of(), Optional.empty(), "");
      case Succeeded _, Failed _, Canceled _ ->
          move(task.state(), marks, List.of(), Optional.empty(), "");
    };
  }

  private Decision onDeadline() {
    if (task.deadline().filter(at -> !now.isBefore(at)).isEmpty()) {
      return stay();
    }
    return switch (task.state()) {
      case Queued _ -> fail(Failure.of(ErrorCode.QUEUE_TIMEOUT), Optional.empty());
      case InDoubt doubt -> giveUp(doubt);
      case Running _ -> fail(Failure.of(ErrorCode.TASK_TIMEOUT), Optional.empty());
      case Storing(_, VideoResult result) ->
          fail(Failure.of(ErrorCode.RESULT_UNREACHABLE), Optional.empty(), costOf(result));
      case Submitting _, Succeeded _, Failed _, Canceled _ -> stay();
    };
  }

  private static Set<ChannelId> with(Attempt attempt, Set<ChannelId> before) {
    var tried = new HashSet<>(before);
    tried.add(attempt.channel());
    return tried;
  }

  private Decision fail(Failure failure, Optional<AttemptChange> attempt) {
    return fail(failure, attempt, Optional.empty());
  }

  private Decision fail(Failure failure, Optional<AttemptChange> attempt, Optional<Cost> cost) {
    var next = new Failed(failure, task.state().jobIfAny(), now);
    var closing = Closing.release(task.hold(), failure.code().wire());
    return end(next, task.marks().cost(cost), closing, OUTBOX_FAILED, attempt);
  }

  /** What the provider made it takes for, though we have no file to look at. */
  private Optional<Cost> costOf(VideoResult result) {
    return costOf(task.hold().snapshot().asked().with(result.bill()));
  }

  private Optional<Cost> costOf(Usage facts) {
    return task.state()
        .jobIfAny()
        .flatMap(job -> Cost.ofMade(job.attempt().costs(), task.hold().snapshot().asked(), facts));
  }

  private Decision cancel(String by, Optional<AttemptChange> attempt) {
    var next = new Canceled(by, task.state().jobIfAny(), now);
    var closing = Closing.release(task.hold(), "canceled");
    return end(next, task.marks(), closing, OUTBOX_CANCELED, attempt);
  }

  private Decision end(
      TaskState next,
      Task.Marks marks,
      Closing closing,
      String outbox,
      Optional<AttemptChange> attempt) {
    var after = task.moved(next, marks.nextPoll(Optional.empty()).at(now));
    var timeline = new Timeline(event.word(), detail(next));
    return new Decision.Move(
        new Transition(task, after, closing.entries(), attempt, Optional.of(outbox), timeline));
  }

  private static String detail(TaskState next) {
    return switch (next) {
      case Succeeded done -> "charged " + done.charged();
      case Failed failed -> failed.failure().code().wire() + ": " + failed.failure().message();
      case Canceled canceled -> "by " + canceled.by();
      case Queued _, Submitting _, InDoubt _, Running _, Storing _ -> "";
    };
  }

  private Decision move(
      TaskState next,
      Task.Marks marks,
      List<LedgerEntry> entries,
      Optional<AttemptChange> attempt,
      String detail) {
    var after = task.moved(next, marks.at(now));
    var timeline = new Timeline(event.word(), detail);
    return new Decision.Move(
        new Transition(task, after, entries, attempt, Optional.empty(), timeline));
  }

  /** Keeps a fact that came too late, and what it cost, for the operator; state and money stay. */
  private Decision late(String detail) {
    return late(detail, Optional.empty());
  }

  private Decision late(String detail, Optional<Cost> cost) {
    var after = task.moved(task.state(), task.marks().cost(cost).at(now));
    var timeline = new Timeline("evidence.late", event.word() + ": " + detail);
    return new Decision.Move(
        new Transition(task, after, List.of(), Optional.empty(), Optional.empty(), timeline));
  }

  private Decision stay() {
    return new Decision.Stay(event.word() + " means nothing in " + task.state().kind().wire());
  }

  private Decision refuse(String why) {
    return new Decision.Refuse(ErrorCode.CONFLICT, why);
  }
}
