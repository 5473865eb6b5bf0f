package dev.reelay.provider.bfl;

import dev.reelay.money.Resolution;
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
import dev.reelay.task.VideoRequest;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Creates a job: one call. */
record BflSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    if (!submission.references().isEmpty()) {
      return Outcomes.impossible("this provider takes frames only, no references");
    }
    var uri = context.atVersion1("/v1/" + Context.segment(context.upstreamModel()));
    var call = Call.postJson(uri, BflProvider.key(context), Json.write(body()));
    return new Step.Send<>(call.with("Accept", "application/json"), new Step.NoState(), true);
  }

  private ObjectNode body() {
    var body = Json.body();
    var shape = request().shape();
    body.put("mode", submission.pictures().isEmpty() ? "t2v" : "i2v");
    body.put("prompt", request().prompt());
    addFrames(body);
    body.put("aspect_ratio", shape.ratio().toString());
    body.put("duration", shape.seconds());
    body.put("resolution", resolution(shape.resolution()));
    body.put("generate_audio", shape.audio());
    request().seed().ifPresent(seed -> body.put("seed", seed));
    return body;
  }

  /** One or two pictures are the beginning and the end; an end alone needs its second. */
  private void addFrames(ObjectNode body) {
    if (submission.pictures().isEmpty()) {
      return;
    }
    var frames = body.putArray("keyframes");
    submission.firstFrame().ifPresent(picture -> frames.add(picture.asText()));
    submission
        .lastFrame()
        .ifPresent(
            picture -> {
              if (submission.firstFrame().isPresent()) {
                frames.add(picture.asText());
              } else {
                frames.addArray().add(request().shape().seconds()).add(picture.asText());
              }
            });
  }

  private static String resolution(Resolution resolution) {
    if (resolution.compareTo(Resolution.P720) <= 0) {
      return "hd";
    }
    return resolution.compareTo(Resolution.P1080) <= 0
        ? "fhd"
        : resolution.compareTo(Resolution.P4K) < 0 ? "qhd" : "uhd";
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(Json.object(reply.body()).flatMap(BflJob::of).map(BflJob::text))
            : refusal(reply)
                .map(code -> Outcomes.rejected(code, RelayErrors.message(reply)))
                .orElseGet(() -> new SubmitOutcome.Ambiguous(RelayErrors.message(reply))));
  }

  /** They answer by status; words tell only a refused content. */
  private static Optional<ErrorCode> refusal(Reply reply) {
    return switch (reply.status()) {
      // The model is part of the address; a page of text is no word of theirs.
      case 404 ->
          Optional.of(
              Json.object(reply.body()).isPresent()
                  ? ErrorCode.UPSTREAM_MODEL_GONE
                  : ErrorCode.UPSTREAM_ACCOUNT);
      case 301, 302, 307, 308, 401, 402, 403, 405 -> Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
      case 429 -> Optional.of(ErrorCode.UPSTREAM_BUSY);
      case 400, 413, 415, 422 ->
          Optional.of(
              Json.object(reply.body()).filter(RelayErrors::isContent).isPresent()
                  ? ErrorCode.CONTENT_REFUSED
                  : ErrorCode.UPSTREAM_REJECTED);
      default -> Optional.empty();
    };
  }

  private VideoRequest request() {
    return submission.request();
  }
}
