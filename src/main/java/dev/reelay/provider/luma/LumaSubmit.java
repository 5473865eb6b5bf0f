package dev.reelay.provider.luma;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.SubmitOutcome;

/** Creates a generation: one call. */
record LumaSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    if (submission.lastFrame().isPresent() || !submission.references().isEmpty()) {
      return Outcomes.impossible("this provider takes a first frame and no other picture");
    }
    var uri = context.atVersion1("/v1/generations");
    var call = Call.postJson(uri, context.bearer(), body()).with("Accept", "application/json");
    return new Step.Send<>(call, new Step.NoState(), true);
  }

  private String body() {
    var shape = submission.request().shape();
    var body = Json.body();
    body.put("model", context.upstreamModel());
    body.put("type", "video");
    body.put("prompt", submission.request().prompt());
    body.put("aspect_ratio", shape.ratio().toString());
    var video = body.putObject("video");
    video.put("resolution", shape.resolution().toString());
    video.put("duration", shape.seconds() + "s");
    submission
        .firstFrame()
        .ifPresent(picture -> video.putObject("start_frame").put("url", picture.asText()));
    return Json.write(body);
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/id")))
            : refused(reply));
  }

  /** The address is the same for all models, so that a sentence has to speak of the model. */
  private static ErrorCode missing(Reply reply) {
    return RelayErrors.isModelUnknown(reply)
        ? ErrorCode.UPSTREAM_MODEL_GONE
        : ErrorCode.UPSTREAM_ACCOUNT;
  }

  private static SubmitOutcome refused(Reply reply) {
    var why = RelayErrors.message(reply);
    return switch (reply.status()) {
      case 404 -> Outcomes.rejected(missing(reply), why);
      case 401, 402, 403, 405 -> Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, why);
      case 429 -> Outcomes.rejected(ErrorCode.UPSTREAM_BUSY, why);
      case 400, 413, 422 ->
          Json.object(reply.body()).filter(RelayErrors::isContent).isPresent()
              ? Outcomes.rejected(ErrorCode.CONTENT_REFUSED, why)
              : Outcomes.rejected(ErrorCode.UPSTREAM_REJECTED, why);
      default -> new SubmitOutcome.Ambiguous(why);
    };
  }
}
