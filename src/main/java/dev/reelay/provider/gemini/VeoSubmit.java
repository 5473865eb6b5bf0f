package dev.reelay.provider.gemini;

import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.SubmitOutcome;

/** Creates a Veo operation: one call. */
record VeoSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    var clash = submission.clash();
    if (clash.isPresent()) {
      return Outcomes.impossible(clash.get());
    }
    var path = "/models/" + Context.segment(context.upstreamModel()) + ":predictLongRunning";
    return new Step.Send<>(
        GeminiProvider.post(context, path, VeoBody.of(submission)), new Step.NoState(), true);
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(VeoBody.created(reply, VeoPoll::isName));
  }
}
