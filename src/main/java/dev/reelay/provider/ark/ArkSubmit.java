package dev.reelay.provider.ark;

import dev.reelay.provider.Call;
import dev.reelay.provider.ContentParts;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoRequest;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/** Creates a job: one call. */
record ArkSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  /** The first generation is silent and refuses the word. */
  private static final String SILENT = "seedance-1-0";

  private static final List<String> OPTIONS =
      List.of("seed", "watermark", "camera_fixed", "service_tier");

  @Override
  public Step<SubmitOutcome> begin() {
    var clash = submission.clash();
    if (clash.isPresent()) {
      return Outcomes.impossible(clash.get());
    }
    var call = ArkProvider.about("POST", context, "");
    var sent =
        Call.postJson(call.uri(), context.bearer(), body()).with("Accept", "application/json");
    return new Step.Send<>(sent, new Step.NoState(), true);
  }

  private String body() {
    var body = Json.body();
    body.put("model", context.upstreamModel());
    var content = body.putArray("content");
    content.addObject().put("type", "text").put("text", request().prompt());
    submission.firstFrame().ifPresent(picture -> add(content, picture, "first_frame"));
    submission.lastFrame().ifPresent(picture -> add(content, picture, "last_frame"));
    submission.references().forEach(picture -> add(content, picture, "reference_image"));
    ContentParts.putClips(content, submission);
    var shape = request().shape();
    body.put("ratio", shape.ratio().toString());
    body.put("duration", shape.seconds());
    body.put("resolution", shape.resolution().toString());
    if (!context.upstreamModel().contains(SILENT)) {
      body.put("generate_audio", shape.audio());
    }
    for (var option : OPTIONS) {
      request().option(option).ifPresent(value -> Json.putOption(body, option, value));
    }
    submission.callback().ifPresent(uri -> body.put("callback_url", uri.toString()));
    return Json.write(body);
  }

  private static void add(ArrayNode content, SentPicture picture, String role) {
    var entry = content.addObject().put("type", "image_url");
    entry.putObject("image_url").put("url", picture.asText());
    entry.put("role", role);
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/id")))
            : ArkErrors.refusal(reply)
                .map(code -> Outcomes.rejected(code, ArkErrors.why(reply)))
                .orElseGet(() -> new SubmitOutcome.Ambiguous(ArkErrors.why(reply))));
  }

  private VideoRequest request() {
    return submission.request();
  }
}
