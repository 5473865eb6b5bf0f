package dev.reelay.provider.minimax;

import dev.reelay.money.Resolution;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates a job in its model's version: one call. */
record MiniMaxSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  private static final Resolution P768 = new Resolution(768);

  @Override
  public Step<SubmitOutcome> begin() {
    var second = MiniMaxProvider.isSecond(context);
    if (!second && !submission.references().isEmpty()) {
      return Outcomes.impossible("this version of the API takes no reference pictures");
    }
    if (!second && !submission.clips().isEmpty()) {
      return Outcomes.impossible("this version of the API takes no reference videos or sounds");
    }
    var lonely = submission.lonelySound();
    if (lonely.isPresent()) {
      return Outcomes.impossible(lonely.get());
    }
    var uri = context.atVersion1(second ? "/v2/video_generation" : "/v1/video_generation");
    var call = Call.postJson(uri, context.bearer(), Json.write(second ? second() : first()));
    return new Step.Send<>(call.with("Accept", "application/json"), new Step.NoState(), true);
  }

  private ObjectNode first() {
    var body = Json.body();
    body.put("model", context.upstreamModel());
    body.put("prompt", submission.request().prompt());
    submission.firstFrame().ifPresent(p -> body.put("first_frame_image", p.asText()));
    submission.lastFrame().ifPresent(p -> body.put("last_frame_image", p.asText()));
    body.put("duration", submission.request().shape().seconds());
    body.put("resolution", submission.request().shape().resolution().lines() + "P");
    submission
        .request()
        .option("enhance_prompt")
        .ifPresent(text -> body.put("prompt_optimizer", Boolean.parseBoolean(text)));
    putCommon(body);
    return body;
  }

  private ObjectNode second() {
    var body = Json.body();
    var shape = submission.request().shape();
    body.put("model", context.upstreamModel());
    var content = body.putArray("content");
    content.addObject().put("type", "text").put("text", submission.request().prompt());
    submission.pictures().forEach(picture -> putPicture(content, picture));
    ContentParts.putClips(content, submission);
    body.put("resolution", tier(shape.resolution()));
    // A video between frames has the ratio of these.
    if (submission.firstFrame().isEmpty() && submission.lastFrame().isEmpty()) {
      body.put("ratio", shape.ratio().toString());
    }
    body.put("duration", shape.seconds());
    putCommon(body);
    return body;
  }

  private static void putPicture(ArrayNode content, SentPicture picture) {
    var item = content.addObject().put("type", "image_url");
    item.putObject("image_url").put("url", picture.asText());
    item.put(
        "role",
        switch (picture.role()) {
          case FIRST_FRAME -> "first_frame";
          case LAST_FRAME -> "last_frame";
          case REFERENCE -> "reference_image";
        });
  }

  private static String tier(Resolution resolution) {
    if (resolution.compareTo(P768) > 0) {
      return "2K";
    }
    return resolution.compareTo(Resolution.P480) <= 0 ? "480P" : "768P";
  }

  private void putCommon(ObjectNode body) {
    submission
        .request()
        .option("watermark")
        .ifPresent(text -> body.put("aigc_watermark", Boolean.parseBoolean(text)));
    submission.callback().ifPresent(uri -> body.put("callback_url", uri.toString()));
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> MiniMaxErrors.isDone(reply, tree))
            .map(tree -> Outcomes.accepted(Json.text(tree, "/task_id", "/task/id")))
            .orElseGet(() -> MiniMaxErrors.refusal(reply)));
  }
}
