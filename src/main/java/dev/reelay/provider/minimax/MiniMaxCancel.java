package dev.reelay.provider.minimax;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;

/**
 * Cancels a job of the second version that still waits: two calls. The same DELETE throws away a
 * job that has ended, and with it the video; so the job is looked at first.
 */
record MiniMaxCancel(Context context, String upstreamId) implements Operation<CancelOutcome> {
  private enum Asked implements Step.State {
    HOW_IT_STANDS,
    TO_STOP
  }

  @Override
  public Step<CancelOutcome> begin() {
    return new Step.Send<>(MiniMaxProvider.look(context, upstreamId), Asked.HOW_IT_STANDS, false);
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
            .filter(tree -> MiniMaxErrors.isDone(reply, tree))
            .flatMap(tree -> Json.text(tree, "/task/status"));
    if (status.isEmpty()) {
      return new Step.Done<>(new CancelOutcome.Unanswered(MiniMaxErrors.why(reply)));
    }
    return status.get().equals("queued")
        ? new Step.Send<>(MiniMaxProvider.delete(context, upstreamId), Asked.TO_STOP, false)
        : new Step.Done<>(new CancelOutcome.NotSupported("a job that has begun is not stopped"));
  }

  private static CancelOutcome told(Reply reply) {
    if (reply.isSuccess()) {
      return new CancelOutcome.Asked();
    }
    return switch (reply.status()) {
      case 400, 404, 405, 409 -> new CancelOutcome.NotSupported(MiniMaxErrors.why(reply));
      default -> new CancelOutcome.Unanswered(MiniMaxErrors.why(reply));
    };
  }
}
