package dev.reelay.provider.vidu;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;

/** Asks to cancel a job that still waits, mostly one of the cheap queue: one call. */
record ViduCancel(Context context, String upstreamId) implements Operation<CancelOutcome> {
  @Override
  public Step<CancelOutcome> begin() {
    var path = "/tasks/" + Context.segment(upstreamId) + "/cancel";
    var body = Json.body();
    body.put("id", upstreamId);
    var call = ViduProvider.call("POST", context, path, ViduProvider.json(Json.write(body)));
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<CancelOutcome> next(Step.State state, Reply reply) {
    if (reply.isSuccess()) {
      return new Step.Done<>(new CancelOutcome.Asked());
    }
    return new Step.Done<>(
        switch (reply.status()) {
          case 400, 404, 405, 409, 422 -> new CancelOutcome.NotSupported(ViduErrors.why(reply));
          default -> new CancelOutcome.Unanswered(ViduErrors.why(reply));
        });
  }
}
