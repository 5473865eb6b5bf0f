package dev.reelay.task;

/**
 * Cancels a task. A queued one ends at once. Later the provider is asked, and the money stays held
 * until its verdict.
 */
public final class CancelTask {
  private final AdvanceTask advance;
  private final Upstream upstream;

  public CancelTask(AdvanceTask advance, Upstream upstream) {
    this.advance = advance;
    this.upstream = upstream;
  }

  /** Refused with {@code cancel_not_supported} where the provider cannot cancel. */
  public AdvanceTask.Advance cancel(Task task, String by) {
    if (!task.isFinal() && !canCancel(task)) {
      return new AdvanceTask.Advance.Refused(
          task, ErrorCode.CANCEL_NOT_SUPPORTED, "the provider cannot cancel a running job");
    }
    var outcome = advance.apply(task, new TaskEvent.CancelRequested(by));
    return outcome instanceof AdvanceTask.Advance.Now(Task now, _)
            && now.state() instanceof TaskState.Running(Job job)
        ? asked(now, job, outcome)
        : outcome;
  }

  private boolean canCancel(Task task) {
    return task.state()
        .attemptIfAny()
        .map(attempt -> upstream.abilities(attempt.channel()).cancel())
        .orElse(true);
  }

  /** A cancel that nobody answered is a doubt: the flag stays, and polling brings the verdict. */
  private AdvanceTask.Advance asked(Task now, Job job, AdvanceTask.Advance outcome) {
    return switch (upstream.cancel(now, job)) {
      case CancelOutcome.NotSupported(String why) ->
          new AdvanceTask.Advance.Refused(now, ErrorCode.CANCEL_NOT_SUPPORTED, why);
      case CancelOutcome.Asked _ -> outcome;
      case CancelOutcome.Unanswered(String why) -> unanswered(now, why, outcome);
    };
  }

  /** Told once: a caller who repeats his wish learns nothing new by another line. */
  private AdvanceTask.Advance unanswered(Task now, String why, AdvanceTask.Advance outcome) {
    return outcome instanceof AdvanceTask.Advance.Now(_, boolean changed) && changed
        ? advance.apply(now, new TaskEvent.CancelUnanswered(why))
        : outcome;
  }
}
