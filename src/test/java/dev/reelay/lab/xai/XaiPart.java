package dev.reelay.lab.xai;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabBody;
import dev.reelay.lab.LabDesk;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabOrder;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabRefusal;
import dev.reelay.lab.LabRequest;
import dev.reelay.lab.LabRoute;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A job that works is a 202, at first with an empty body; moderation speaks in a 200. */
public final class XaiPart implements LabPart {
  private static final int SECONDS_MAX = 15;
  private static final int SOUNDS_MAX = 3;
  private static final int FOOTAGE_SECONDS = 4;
  private static final int EARLY_PERCENT = 50;
  private static final long TICKS_PER_SECOND = 800_000_000L;

  @Override
  public String name() {
    return "xai";
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post("/v1/videos/generations", request -> create(desk, request)),
        LabRoute.post("/v1/videos/edits", request -> edit(desk, request)),
        LabRoute.get("/v1/videos/{id}", request -> get(desk, request)));
  }

  private static LabAnswer create(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var body =
        request
            .json()
            .only(
                "model",
                "prompt",
                "duration",
                "aspect_ratio",
                "resolution",
                "generate_audio",
                "image",
                "last_frame",
                "reference_images",
                "reference_audios");
    body.find("resolution", "480p", "720p", "1080p");
    body.find("aspect_ratio", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3");
    body.findFlag("generate_audio");
    requirePictures(body);
    var seconds = IntStream.rangeClosed(1, SECONDS_MAX).toArray();
    var order =
        LabOrder.of(
            "xai-" + desk.serial(),
            model(body),
            body.text("prompt"),
            body.findInt("duration", seconds).orElse(6),
            body);
    return LabAnswer.json(
        200, JsonMapper.shared().createObjectNode().put("request_id", desk.make(order).id()));
  }

  private static String model(LabBody body) {
    var model = body.text("model");
    if (!model.startsWith("grok-imagine-video")) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "The model " + model + " does not exist.");
    }
    return model;
  }

  private static void requirePictures(LabBody body) {
    var frame = body.findObject("image");
    frame.ifPresent(image -> image.only("url").findPicture("url", true));
    body.findObject("last_frame").ifPresent(image -> image.only("url").findPicture("url", true));
    var references = body.objects("reference_images");
    references.forEach(image -> image.only("url").findPicture("url", true));
    var sounds = body.objects("reference_audios");
    sounds.forEach(sound -> sound.only("url").clip("url"));
    if (frame.isPresent() && !(references.isEmpty() && sounds.isEmpty())) {
      throw LabRefusal.malformed("reference_images", "not beside an image");
    }
    if (sounds.size() > SOUNDS_MAX) {
      throw LabRefusal.malformed("reference_audios", "at most three");
    }
  }

  /** Size and length are those of the footage; whoever asks for others is refused. */
  private static LabAnswer edit(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var body = request.json().only("model", "prompt", "video");
    body.object("video").only("url").clip("url");
    var order =
        LabOrder.of(
            "xai-" + desk.serial(), model(body), body.text("prompt"), FOOTAGE_SECONDS, body);
    return LabAnswer.json(
        200, JsonMapper.shared().createObjectNode().put("request_id", desk.make(order).id()));
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var job = desk.look(request.part("id"));
    return switch (job.phase()) {
      case QUEUED -> LabAnswer.text(202, "application/json", "");
      case RUNNING ->
          job.percent() < EARLY_PERCENT
              ? LabAnswer.text(202, "application/json", "")
              : LabAnswer.json(202, standing("pending").put("progress", job.percent()));
      case ODD -> LabAnswer.json(200, standing("dreaming"));
      case SUCCEEDED -> LabAnswer.json(200, done(desk, job));
      case EMPTY -> LabAnswer.json(200, standing("done"));
      case REFUSED -> LabAnswer.json(200, withheld());
      case FAILED, CANCELED -> LabAnswer.json(200, failed());
    };
  }

  private static ObjectNode standing(String status) {
    return JsonMapper.shared().createObjectNode().put("status", status);
  }

  private static ObjectNode done(LabDesk desk, LabJob job) {
    var shown = standing("done").put("model", job.order().model());
    shown
        .putObject("video")
        .put("url", desk.video(job).toString())
        .put("duration", job.order().seconds())
        .put("respect_moderation", true);
    shown.putObject("usage").put("cost_in_usd_ticks", job.order().seconds() * TICKS_PER_SECOND);
    return shown;
  }

  private static ObjectNode withheld() {
    var shown = standing("done");
    shown.putObject("video").put("url", "").put("respect_moderation", false);
    return shown;
  }

  private static ObjectNode failed() {
    var shown = standing("failed");
    shown.putObject("error").put("code", "internal_error").put("message", "Generation failed.");
    return shown;
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    var why = refusal.message();
    return switch (refusal.kind()) {
      case CREDENTIAL -> problem(400, "Client specified an invalid argument", "Incorrect API key");
      case MALFORMED -> problem(422, "Unprocessable", why);
      case CONTENT -> problem(400, "Content violates usage guidelines.", why);
      case MONEY -> problem(403, "The caller has used all available credits", why);
      case NO_MODEL -> problem(404, "Some requested entity was not found", why);
      case NO_ROUTE -> problem(404, "Not Found", why);
      case NO_JOB, TOO_LATE -> problem(404, "not-found", "Failed to find the request: not found");
      case BUSY -> problem(429, "Some resource has been exhausted", "Too many requests");
      case BROKEN, BUSINESS -> problem(500, "Internal error", why);
    };
  }

  private static LabAnswer problem(int status, String code, String error) {
    return LabAnswer.json(
        status, JsonMapper.shared().createObjectNode().put("code", code).put("error", error));
  }
}
