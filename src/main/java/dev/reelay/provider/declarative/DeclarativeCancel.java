package dev.reelay.provider.declarative;

import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;

/** Cancels a job as the description says: one call. */
record DeclarativeCancel(
    Description description, Request request, Context context, String upstreamId)
    implements Operation<CancelOutcome> {
  @Override
  public Step<CancelOutcome> begin() {
    var values = Values.about(context, "id", upstreamId);
    var call = request.call(context, description.auth(), values);
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<CancelOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(outcome(reply));
  }

  private CancelOutcome outcome(Reply reply) {
    var why = description.errors().why(reply);
    if (reply.isSuccess() && description.errors().ruled(reply).isEmpty()) {
      return new CancelOutcome.Asked();
    }
    return switch (reply.status()) {
      case 200, 400, 404, 405, 409, 422 -> new CancelOutcome.NotSupported(why);
      default -> new CancelOutcome.Unanswered(why);
    };
  }
}
