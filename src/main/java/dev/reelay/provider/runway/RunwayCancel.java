package dev.reelay.provider.runway;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;
import java.util.Set;

/**
 * Cancels a task that has not ended: two calls, since the same DELETE throws away a task that has
 * ended, and with it the video.
 */
record RunwayCancel(Context context, String upstreamId) implements Operation<CancelOutcome> {
  private static final Set<String> OPEN = Set.of("PENDING", "THROTTLED", "RUNNING");

  private enum Asked implements Step.State {
    HOW_IT_STANDS,
    TO_STOP
  }

  @Override
  public Step<CancelOutcome> begin() {
    var call = RunwayProvider.aboutTask("GET", context, upstreamId);
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
      return new Step.Done<>(new CancelOutcome.Unanswered(RunwayErrors.why(reply)));
    }
    return OPEN.contains(status.get())
        ? new Step.Send<>(
            RunwayProvider.aboutTask("DELETE", context, upstreamId), Asked.TO_STOP, false)
        : new Step.Done<>(new CancelOutcome.NotSupported("the task has ended"));
  }

  private static CancelOutcome told(Reply reply) {
    if (reply.isSuccess()) {
      return new CancelOutcome.Asked();
    }
    return switch (reply.status()) {
      case 400, 404, 405, 409 -> new CancelOutcome.NotSupported(RunwayErrors.why(reply));
      default -> new CancelOutcome.Unanswered(RunwayErrors.why(reply));
    };
  }
}
