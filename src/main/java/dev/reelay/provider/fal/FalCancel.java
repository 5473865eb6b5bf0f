package dev.reelay.provider.fal;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;

/** Asks that a request be canceled: one call. */
record FalCancel(Context context, String upstreamId) implements Operation<CancelOutcome> {
  @Override
  public Step<CancelOutcome> begin() {
    var call = FalProvider.about("PUT", context, upstreamId, "/cancel");
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
    var why =
        Json.object(reply.body())
            .flatMap(tree -> Json.text(tree, "/status"))
            .orElseGet(() -> RelayErrors.message(reply));
    return switch (reply.status()) {
      case 400, 404, 409 -> new CancelOutcome.NotSupported(why);
      default -> new CancelOutcome.Unanswered(why);
    };
  }
}
