package dev.reelay.provider.unified;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.RelayCreates;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoRequest;
import tools.jackson.databind.node.ObjectNode;

/** Creates a job: one call. */
record UnifiedSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  private static final String[] IDS = {
    "/id", "/task_id", "/data/id", "/data/task_id", "/video_id", "/result/id"
  };

  @Override
  public Step<SubmitOutcome> begin() {
    var uri = context.atVersion1("/v1/video/create");
    var call = Call.postJson(uri, context.bearer(), body()).with("Accept", "application/json");
    var told =
        has(UnifiedProvider.IDEMPOTENCY_KEY)
            ? call.with("Idempotency-Key", submission.token())
            : call;
    return new Step.Send<>(told, new Step.NoState(), true);
  }

  private boolean has(String ability) {
    return UnifiedProvider.has(context.settings(), ability);
  }

  private String body() {
    var body = Json.body();
    Json.putOptions(body, request().options());
    var shape = request().shape();
    body.put("model", context.upstreamModel());
    body.put("prompt", request().prompt());
    putPictures(body);
    Json.putTexts(body, "reference_videos", submission.referenceVideos());
    Json.putTexts(body, "reference_audios", submission.referenceAudios());
    body.put("aspect_ratio", shape.ratio().toString());
    body.put("orientation", shape.ratio().orientation());
    body.put("size", size(shape.resolution()));
    body.put("duration", shape.seconds());
    body.put("audio", shape.audio());
    if (has(UnifiedProvider.CLIENT_REFERENCE)) {
      body.put("client_reference", submission.token());
    }
    submission.callback().ifPresent(uri -> body.put("callback_url", uri.toString()));
    return Json.write(body);
  }

  /**
   * Every relay reads {@code images} and takes one for the first frame and two for both. Whoever
   * knows the names of frames is told by them where that guess might fail.
   */
  private void putPictures(ObjectNode body) {
    var images = body.putArray("images");
    submission.firstFrame().ifPresent(picture -> images.add(picture.asText()));
    submission.lastFrame().ifPresent(picture -> images.add(picture.asText()));
    submission.references().forEach(picture -> images.add(picture.asText()));
    submission
        .lastFrame()
        .ifPresent(
            last -> {
              submission
                  .firstFrame()
                  .ifPresent(first -> body.put("first_frame_image", first.asText()));
              body.put("last_frame_image", last.asText());
            });
  }

  /** The Sora family knows small and large, all others 720P and the like. */
  private String size(Resolution resolution) {
    if (context.upstreamModel().startsWith("sora")) {
      return resolution.compareTo(Resolution.P720) <= 0 ? "small" : "large";
    }
    return resolution.equals(Resolution.P4K) ? "4K" : resolution.lines() + "P";
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(RelayCreates.outcome(reply, IDS));
  }

  private VideoRequest request() {
    return submission.request();
  }
}
