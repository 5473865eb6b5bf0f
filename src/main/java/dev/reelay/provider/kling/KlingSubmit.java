package dev.reelay.provider.kling;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Decided;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Submission;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.SubmitOutcome;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the body of a create in its generation, and reads what comes back. */
record KlingSubmit(Context context, Submission submission) {
  private static final String[] IDS = {"/data/task_id", "/data/id"};

  Operation<SubmitOutcome> operation() {
    if (KlingProvider.isOld(context)) {
      return old(kind());
    }
    return submission.references().isEmpty() ? ofNow() : new Decided<>(withoutReferences());
  }

  private static SubmitOutcome withoutReferences() {
    var why = "this generation of the API takes no reference pictures";
    return Outcomes.rejected(ErrorCode.UPSTREAM_REJECTED, why);
  }

  private Operation<SubmitOutcome> old(KlingKind kind) {
    var uri = context.atVersion1("/v1/videos/" + kind.word());
    return asked(key -> Call.postJson(uri, key, oldBody(kind)), Optional.of(kind));
  }

  private Operation<SubmitOutcome> ofNow() {
    var form = hasFrames() ? "/image-to-video/" : "/text-to-video/";
    var uri = context.atVersion1(form + context.upstreamModel());
    return asked(key -> Call.postJson(uri, key, body()), Optional.empty());
  }

  private Operation<SubmitOutcome> asked(
      Function<Call.SecretHeader, Call> call, Optional<KlingKind> kind) {
    return new KlingAsk<>(context, call, true, reply -> read(reply, kind));
  }

  /** Omni models take everything at one address; of the others each form has its own. */
  private KlingKind kind() {
    if (KlingProvider.isOmni(context.upstreamModel())) {
      return KlingKind.OMNI;
    }
    return hasFrames()
        ? KlingKind.IMAGE
        : submission.references().isEmpty() ? KlingKind.TEXT : KlingKind.MULTI_IMAGE;
  }

  private boolean hasFrames() {
    return submission.firstFrame().isPresent() || submission.lastFrame().isPresent();
  }

  private String oldBody(KlingKind kind) {
    var body = Json.body();
    var shape = submission.request().shape();
    body.put("model_name", context.upstreamModel());
    body.put("prompt", submission.request().prompt());
    submission.request().option("negative_prompt").ifPresent(t -> body.put("negative_prompt", t));
    putOldPictures(body, kind);
    body.put("mode", shape.resolution().compareTo(Resolution.P720) <= 0 ? "std" : "pro");
    body.put("duration", String.valueOf(shape.seconds()));
    if (!hasFrames()) {
      body.put("aspect_ratio", shape.ratio().toString());
    }
    // Off is what goes without saying, and models without sound do not know the word.
    if (shape.audio()) {
      body.put("sound", "on");
    }
    putOptions(body);
    submission
        .callback()
        .ifPresent(uri -> body.put("callback_url", uri + "?" + KlingCallback.kind(kind)));
    return Json.write(body);
  }

  private void putOldPictures(ObjectNode body, KlingKind kind) {
    switch (kind) {
      case TEXT -> {}
      case IMAGE -> {
        submission.firstFrame().ifPresent(picture -> body.put("image", bare(picture)));
        submission.lastFrame().ifPresent(picture -> body.put("image_tail", bare(picture)));
      }
      case MULTI_IMAGE -> {
        var list = body.putArray("image_list");
        submission.references().forEach(p -> list.addObject().put("image", bare(p)));
      }
      case OMNI -> putOmniPictures(body);
    }
  }

  private void putOmniPictures(ObjectNode body) {
    if (submission.pictures().isEmpty()) {
      return;
    }
    var list = body.putArray("image_list");
    for (var picture : submission.pictures()) {
      var item = list.addObject().put("image_url", bare(picture));
      switch (picture.role()) {
        case FIRST_FRAME -> item.put("type", "first_frame");
        case LAST_FRAME -> item.put("type", "end_frame");
        case REFERENCE -> {}
      }
    }
  }

  /** An address as it is; bytes in Base64 without what a data URL has before them. */
  private static String bare(SentPicture picture) {
    return switch (picture) {
      case SentPicture.Address(String url, _) -> url;
      case SentPicture.Bytes bytes -> bytes.base64();
    };
  }

  private String body() {
    var body = Json.body();
    var shape = submission.request().shape();
    if (hasFrames()) {
      var contents = body.putArray("contents");
      contents.addObject().put("type", "prompt").put("text", submission.request().prompt());
      submission
          .firstFrame()
          .ifPresent(p -> contents.addObject().put("type", "first_frame").put("url", bare(p)));
      submission
          .lastFrame()
          .ifPresent(p -> contents.addObject().put("type", "last_frame").put("url", bare(p)));
    } else {
      body.put("prompt", submission.request().prompt());
    }
    var settings = body.putObject("settings");
    settings.put("resolution", shape.resolution().toString());
    if (!hasFrames()) {
      settings.put("aspect_ratio", shape.ratio().toString());
    }
    settings.put("duration", shape.seconds());
    settings.put("audio", shape.audio() ? "native" : "off");
    var options = body.putObject("options");
    putOptions(options);
    submission.callback().ifPresent(uri -> options.put("callback_url", uri.toString()));
    return Json.write(body);
  }

  /** What both generations spell alike. */
  private void putOptions(ObjectNode body) {
    body.put("external_task_id", submission.token());
    submission
        .request()
        .option("watermark")
        .ifPresent(
            text -> body.putObject("watermark_info").put("enabled", Boolean.parseBoolean(text)));
  }

  private static SubmitOutcome read(Reply reply, Optional<KlingKind> kind) {
    return Json.object(reply.body())
        .filter(tree -> KlingErrors.isDone(reply, tree))
        .map(tree -> accepted(tree, kind))
        .orElseGet(() -> KlingErrors.refusal(reply));
  }

  private static SubmitOutcome accepted(JsonNode tree, Optional<KlingKind> kind) {
    return Outcomes.accepted(Json.text(tree, IDS).map(id -> new KlingJob(kind, id).upstreamId()));
  }
}
