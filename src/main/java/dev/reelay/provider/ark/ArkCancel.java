package dev.reelay.provider.ark;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;

/**
 * Cancels a job that still waits: two calls. The same DELETE throws away the record, and with it
 * the video, of a job that has ended; so the job is looked at first.
 */
record ArkCancel(Context context, String upstreamId) implements Operation<CancelOutcome> {
  private enum Asked implements Step.State {
    HOW_IT_STANDS,
    TO_STOP
  }

  @Override
  public Step<CancelOutcome> begin() {
    var call = ArkProvider.aboutJob("GET", context, upstreamId);
    return new Step.Send<>(call, Asked.HOW_IT_STANDS, false);
  }

  @Override
  public Step<CancelOutcome> next(Step.State state, Reply reply) {
    return switch ((Asked) state) {
      case HOW_IT_STANDS -> looked(reply);
      case TO_STOP -> new Step.Done<>(told(reply));
    };
  }

  private Step<CancelOutcome> looked(Reply reply) {
    var status =
        Json.object(reply.body())
            .filter(_ -> reply.isSuccess())
            .flatMap(tree -> Json.text(tree, "/status"));
    if (status.isEmpty()) {
      return new Step.Done<>(new CancelOutcome.Unanswered(ArkErrors.why(reply)));
    }
    return status.get().equals("queued")
        ? new Step.Send<>(ArkProvider.aboutJob("DELETE", context, upstreamId), Asked.TO_STOP, false)
        : new Step.Done<>(new CancelOutcome.NotSupported("a job that has begun is not stopped"));
  }

  private static CancelOutcome told(Reply reply) {
    if (reply.isSuccess()) {
      return new CancelOutcome.Asked();
    }
    return switch (reply.status()) {
      case 400, 404, 405, 409 -> new CancelOutcome.NotSupported(ArkErrors.why(reply));
      default -> new CancelOutcome.Unanswered(ArkErrors.why(reply));
    };
  }
}
