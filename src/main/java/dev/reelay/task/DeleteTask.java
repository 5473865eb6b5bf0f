package dev.reelay.task;

/**
 * Deletes a task: for its callers it is gone at once, with its files. One that is still open is
 * canceled as far as its provider can; the money stays held until the verdict, as with any cancel,
 * and the ledger keeps it all.
 */
public final class DeleteTask {
  private final AdvanceTask advance;
  private final Upstream upstream;

  public DeleteTask(AdvanceTask advance, Upstream upstream) {
    this.advance = advance;
    this.upstream = upstream;
  }

  public AdvanceTask.Advance delete(Task task, String by) {
    var outcome = advance.apply(task, new TaskEvent.DeleteRequested(by));
    if (outcome instanceof AdvanceTask.Advance.Now(Task now, boolean changed)
        && changed
        && now.state() instanceof TaskState.Running(Job job)
        && upstream.abilities(job.attempt().channel()).cancel()) {
      // Deleted it is whatever the provider says to this; polling brings the verdict.
      var _ = upstream.cancel(now, job);
    }
    return outcome;
  }
}
