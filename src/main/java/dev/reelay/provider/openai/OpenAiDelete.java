package dev.reelay.provider.openai;

import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;

/** Cancels a job by deleting it, where the operator says that this stops it: one call. */
record OpenAiDelete(Context context, String upstreamId) implements Operation<CancelOutcome> {
  @Override
  public Step<CancelOutcome> begin() {
    var call = OpenAiProvider.about("DELETE", context, upstreamId);
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
    var why = RelayErrors.message(reply);
    return switch (reply.status()) {
      case 400, 404, 405, 409, 501 -> new CancelOutcome.NotSupported(why);
      default -> new CancelOutcome.Unanswered(why);
    };
  }
}
