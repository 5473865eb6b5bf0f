package dev.reelay.provider.gemini;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.SubmitOutcome;
import tools.jackson.databind.node.ObjectNode;

/** Creates a Veo operation: one call. */
record VeoSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    var clash = submission.clash();
    if (clash.isPresent()) {
      return Outcomes.impossible(clash.get());
    }
    var path = "/models/" + Context.segment(context.upstreamModel()) + ":predictLongRunning";
    return new Step.Send<>(GeminiProvider.post(context, path, body()), new Step.NoState(), true);
  }

  private ObjectNode body() {
    var request = submission.request();
    var body = Json.body();
    var instance = body.putArray("instances").addObject();
    instance.put("prompt", request.prompt());
    submission.firstFrame().ifPresent(first -> put(instance.putObject("image"), first));
    submission.lastFrame().ifPresent(last -> put(instance.putObject("lastFrame"), last));
    if (!submission.references().isEmpty()) {
      var all = instance.putArray("referenceImages");
      for (var picture : submission.references()) {
        var one = all.addObject();
        put(one.putObject("image"), picture);
        one.put("referenceType", "asset");
      }
    }
    var parameters = body.putObject("parameters");
    parameters.put("aspectRatio", request.shape().ratio().toString());
    parameters.put("resolution", request.shape().resolution().toString());
    parameters.put("durationSeconds", request.shape().seconds());
    parameters.put("sampleCount", 1);
    request.option("negative_prompt").ifPresent(text -> parameters.put("negativePrompt", text));
    return body;
  }

  private static void put(ObjectNode to, SentPicture picture) {
    GeminiProvider.put(to, picture, "mimeType", "bytesBase64Encoded");
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(
                Json.object(reply.body())
                    .flatMap(tree -> Json.text(tree, "/name"))
                    .filter(VeoPoll::isName))
            : GeminiErrors.refusal(reply)
                .map(code -> Outcomes.rejected(code, GeminiErrors.why(reply)))
                .orElseGet(() -> new SubmitOutcome.Ambiguous(GeminiErrors.why(reply))));
  }
}
