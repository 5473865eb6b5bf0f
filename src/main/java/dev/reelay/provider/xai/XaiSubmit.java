package dev.reelay.provider.xai;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.routing.Shape;
import dev.reelay.task.SubmitOutcome;

/** Creates a job: one call. */
record XaiSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  /** The one model that takes a last frame; its smaller sister does not. */
  private static final String TAKES_LAST_FRAME = "grok-imagine-video-1.5";

  @Override
  public Step<SubmitOutcome> begin() {
    var frames = submission.firstFrame().isPresent() || submission.lastFrame().isPresent();
    var references = !submission.references().isEmpty();
    if (!submission.referenceVideos().isEmpty()) {
      return edit();
    }
    var sounds = !submission.referenceAudios().isEmpty();
    if (frames && (references || sounds)) {
      return Outcomes.impossible("this provider takes frames or references, not both");
    }
    if (submission.lastFrame().isPresent() && !context.upstreamModel().equals(TAKES_LAST_FRAME)) {
      return Outcomes.impossible("at this provider only " + TAKES_LAST_FRAME + " has last frames");
    }
    if ((references || sounds) && shape().resolution().compareTo(Resolution.P720) > 0) {
      return Outcomes.impossible("with references this provider makes at most 720p");
    }
    return send("/v1/videos/generations", body());
  }

  /** A video is footage to change, and comes alone; size and length are those of the footage. */
  private Step<SubmitOutcome> edit() {
    if (submission.clips().size() > 1 || !submission.pictures().isEmpty()) {
      return Outcomes.impossible("this provider changes one video, with nothing beside it");
    }
    var body = Json.body();
    body.put("model", context.upstreamModel());
    body.put("prompt", submission.request().prompt());
    body.putObject("video").put("url", submission.referenceVideos().getFirst());
    return send("/v1/videos/edits", Json.write(body));
  }

  private Step<SubmitOutcome> send(String path, String body) {
    var call = Call.postJson(context.atVersion1(path), context.bearer(), body);
    return new Step.Send<>(call.with("Accept", "application/json"), new Step.NoState(), true);
  }

  private String body() {
    var body = Json.body();
    body.put("model", context.upstreamModel());
    body.put("prompt", submission.request().prompt());
    body.put("duration", shape().seconds());
    body.put("aspect_ratio", shape().ratio().toString());
    body.put("resolution", shape().resolution().toString());
    body.put("generate_audio", shape().audio());
    submission
        .firstFrame()
        .ifPresent(picture -> body.putObject("image").put("url", picture.asText()));
    submission
        .lastFrame()
        .ifPresent(picture -> body.putObject("last_frame").put("url", picture.asText()));
    if (!submission.references().isEmpty()) {
      var all = body.putArray("reference_images");
      submission.references().forEach(picture -> all.addObject().put("url", picture.asText()));
    }
    if (!submission.referenceAudios().isEmpty()) {
      var all = body.putArray("reference_audios");
      submission.referenceAudios().forEach(url -> all.addObject().put("url", url));
    }
    return Json.write(body);
  }

  private Shape shape() {
    return submission.request().shape();
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(
                Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/request_id")))
            : XaiErrors.refusal(reply)
                .map(code -> Outcomes.rejected(code, XaiErrors.why(reply)))
                .orElseGet(() -> new SubmitOutcome.Ambiguous(XaiErrors.why(reply))));
  }
}
