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
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Creates an interaction in the background: one call. */
record OmniSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    if (submission.lastFrame().isPresent()) {
      return Outcomes.impossible("Omni takes no last frame");
    }
    if (submission.firstFrame().isPresent() && !submission.references().isEmpty()) {
      return Outcomes.impossible("Omni takes a first frame or references, not both");
    }
    return new Step.Send<>(
        GeminiProvider.post(context, "/interactions", body()), new Step.NoState(), true);
  }

  private ObjectNode body() {
    var body = Json.body();
    body.put("model", context.upstreamModel()).put("background", true).put("store", true);
    var input = body.putArray("input");
    input.addObject().put("type", "text").put("text", submission.request().prompt());
    for (var picture : pictures()) {
      var one = input.addObject().put("type", "image");
      GeminiProvider.put(one, picture, "mime_type", "data");
    }
    body.putObject("generation_config").putObject("video_config").put("task", task());
    var shape = submission.request().shape();
    body.putObject("response_format")
        .put("type", "video")
        .put("aspect_ratio", shape.ratio().toString())
        .put("resolution", shape.resolution().toString())
        .put("duration", shape.seconds() + "s")
        .put("delivery", "uri");
    return body;
  }

  private List<SentPicture> pictures() {
    return Stream.concat(submission.firstFrame().stream(), submission.references().stream())
        .toList();
  }

  private String task() {
    if (submission.firstFrame().isPresent()) {
      return "image_to_video";
    }
    return submission.references().isEmpty() ? "text_to_video" : "reference_to_video";
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/id")))
            : GeminiErrors.refusal(reply)
                .map(code -> Outcomes.rejected(code, GeminiErrors.why(reply)))
                .orElseGet(() -> new SubmitOutcome.Ambiguous(GeminiErrors.why(reply))));
  }
}
