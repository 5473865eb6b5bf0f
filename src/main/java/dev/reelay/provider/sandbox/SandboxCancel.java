package dev.reelay.provider.sandbox;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;
import java.util.List;

/** Cancels a job: one call. */
record SandboxCancel(Context context, String upstreamId) implements Operation<CancelOutcome> {
  private static final int CONFLICT = 409;

  @Override
  public Step<CancelOutcome> begin() {
    var uri = SandboxProvider.job(context, upstreamId);
    var call = new Call("DELETE", uri, List.of(), List.of(context.bearer()), new Call.Body.None());
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<CancelOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(outcome(reply));
  }

  private static CancelOutcome outcome(Reply reply) {
    if (reply.isSuccess()) {
      return new CancelOutcome.Asked();
    }
    var why = SandboxAnswer.why(reply);
    return reply.status() == CONFLICT
        ? new CancelOutcome.NotSupported(why)
        : new CancelOutcome.Unanswered(why);
  }
}
