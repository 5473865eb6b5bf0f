package dev.reelay.provider.vertex;

import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.provider.gemini.VeoBody;
import dev.reelay.task.SubmitOutcome;
import tools.jackson.databind.node.ObjectNode;

/** Creates a Veo operation: one call. */
record VertexSubmit(Context context, VertexPlace place, Submission submission)
    implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    var clash = submission.clash();
    if (clash.isPresent()) {
      return Outcomes.impossible(clash.get());
    }
    var path = place.model(context.upstreamModel()) + ":predictLongRunning";
    return new Step.Send<>(VertexProvider.post(context, path, body()), new Step.NoState(), true);
  }

  private ObjectNode body() {
    var request = submission.request();
    var body = VeoBody.of(submission);
    var parameters = body.withObject("/parameters");
    parameters.put("generateAudio", request.shape().audio());
    request.seed().ifPresent(seed -> parameters.put("seed", seed));
    request
        .option("enhance_prompt")
        .ifPresent(text -> parameters.put("enhancePrompt", Boolean.parseBoolean(text)));
    place.storage().ifPresent(uri -> parameters.put("storageUri", uri));
    return body;
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(VeoBody.created(reply, name -> VertexJob.find(name).isPresent()));
  }
}
