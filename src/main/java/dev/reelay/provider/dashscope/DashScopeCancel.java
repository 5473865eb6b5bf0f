package dev.reelay.provider.dashscope;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;

/** Cancels a job that still waits; they refuse it for one that has begun: one call. */
record DashScopeCancel(Context context, String upstreamId) implements Operation<CancelOutcome> {
  @Override
  public Step<CancelOutcome> begin() {
    var path = DashScopeProvider.job(upstreamId) + "/cancel";
    return new Step.Send<>(
        DashScopeProvider.call("POST", context, path, new Call.Body.None()),
        new Step.NoState(),
        false);
  }

  @Override
  public Step<CancelOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(outcome(reply));
  }

  private static CancelOutcome outcome(Reply reply) {
    if (reply.isSuccess()) {
      return new CancelOutcome.Asked();
    }
    var why = DashScopeErrors.why(reply);
    return switch (reply.status()) {
      case 400, 404, 405, 409 -> new CancelOutcome.NotSupported(why);
      default -> new CancelOutcome.Unanswered(why);
    };
  }
}
