package dev.reelay.provider.gemini;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;

/**
 * Asks to cancel an Omni job: one call.
 *
 * @param possible false for Veo, which cannot
 */
record GeminiCancel(Context context, String upstreamId, boolean possible)
    implements Operation<CancelOutcome> {
  @Override
  public Step<CancelOutcome> begin() {
    if (!possible) {
      return new Step.Done<>(new CancelOutcome.NotSupported("Veo jobs cannot be canceled"));
    }
    var path = "/interactions/" + Context.segment(upstreamId) + "/cancel";
    var call = GeminiProvider.call("POST", context, path, new Call.Body.None());
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<CancelOutcome> next(Step.State state, Reply reply) {
    if (reply.isSuccess()) {
      return new Step.Done<>(new CancelOutcome.Asked());
    }
    return new Step.Done<>(
        switch (reply.status()) {
          case 400, 404, 405, 409 -> new CancelOutcome.NotSupported(GeminiErrors.why(reply));
          default -> new CancelOutcome.Unanswered(GeminiErrors.why(reply));
        });
  }
}
