package dev.reelay.provider.runway;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.SubmitOutcome;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Creates a task: one call. */
record RunwaySubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  /** Models that can be asked for silence; the others refuse the word. */
  private static final List<String> HAS_SOUND = List.of("veo3.1", "seedance2", "wan3");

  private static final List<String> HAS_NEGATIVE_PROMPT = List.of("veo3.1");

  @Override
  public Step<SubmitOutcome> begin() {
    if (!submission.references().isEmpty()) {
      return Outcomes.impossible("this provider takes frames, no references");
    }
    if (submission.lastFrame().isPresent() && submission.firstFrame().isEmpty()) {
      return Outcomes.impossible("this provider takes a last frame only beside a first one");
    }
    var path = submission.firstFrame().isPresent() ? "/image_to_video" : "/text_to_video";
    var body = new Call.Body.Text("application/json", body());
    return new Step.Send<>(
        RunwayProvider.call("POST", context, path, body), new Step.NoState(), true);
  }

  private String body() {
    var request = submission.request();
    var body = Json.body();
    body.put("model", context.upstreamModel());
    body.put("promptText", request.prompt());
    submission.firstFrame().ifPresent(first -> put(body, first));
    var pictured = submission.firstFrame().isPresent();
    RunwaySize.put(body, context.upstreamModel(), request.shape(), pictured);
    body.put("duration", request.shape().seconds());
    if (begins(HAS_SOUND)) {
      body.put("audio", request.shape().audio());
    }
    if (begins(HAS_NEGATIVE_PROMPT)) {
      request.option("negative_prompt").ifPresent(text -> body.put("negativePrompt", text));
    }
    request.option("seed").ifPresent(seed -> Json.putOption(body, "seed", seed));
    return Json.write(body);
  }

  private boolean begins(List<String> beginnings) {
    return beginnings.stream().anyMatch(context.upstreamModel()::startsWith);
  }

  /** One picture is a text, two are told apart by their position. */
  private void put(ObjectNode body, SentPicture first) {
    var last = submission.lastFrame();
    if (last.isEmpty()) {
      body.put("promptImage", first.asText());
      return;
    }
    var both = body.putArray("promptImage");
    both.addObject().put("uri", first.asText()).put("position", "first");
    both.addObject().put("uri", last.get().asText()).put("position", "last");
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/id")))
            : RunwayErrors.refusal(reply)
                .map(code -> Outcomes.rejected(code, RunwayErrors.why(reply)))
                .orElseGet(() -> new SubmitOutcome.Ambiguous(RunwayErrors.why(reply))));
  }
}
