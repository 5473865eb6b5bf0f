package dev.reelay.lab.luma;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabDesk;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabOrder;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabRefusal;
import dev.reelay.lab.LabRequest;
import dev.reelay.lab.LabRoute;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Generations of videos: create and get. */
public final class LumaPart implements LabPart {
  @Override
  public String name() {
    return "luma";
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post("/v1/generations", request -> create(desk, request)),
        LabRoute.get("/v1/generations/{id}", request -> get(desk, request)));
  }

  private LabAnswer create(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var body = request.json().only("model", "type", "prompt", "aspect_ratio", "video");
    if (!body.text("model").equals(channel().model())) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "There is no such model");
    }
    body.find("type", "video");
    body.find("aspect_ratio", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9");
    var video = body.object("video").only("resolution", "duration", "start_frame");
    video.find("resolution", "360p", "540p", "720p", "1080p");
    video.findObject("start_frame").ifPresent(frame -> frame.only("url").findPicture("url", false));
    var seconds = video.find("duration", "5s", "10s").orElse("5s").replace("s", "");
    var order =
        LabOrder.of(
            "l-" + desk.serial(),
            body.text("model"),
            body.text("prompt"),
            Integer.parseInt(seconds),
            body);
    return LabAnswer.json(
        201, "{\"id\":\"%s\",\"state\":\"queued\"}".formatted(desk.make(order).id()));
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var job = desk.look(request.part("id"));
    var shown =
        JsonMapper.shared().createObjectNode().put("id", job.id()).put("state", state(job.phase()));
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      var output = shown.putArray("output").addObject();
      output.put("type", "video").put("url", desk.video(job).toString());
    }
    if (shown.path("state").asString().equals("failed")) {
      var refused = job.phase() == LabJob.Phase.REFUSED;
      shown.put("failure_code", refused ? "content_policy" : "internal");
      shown.put("failure_reason", "The lab was asked for it.");
    }
    return LabAnswer.json(200, shown);
  }

  private static String state(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "queued";
      case RUNNING -> "processing";
      case ODD -> "hibernating";
      case SUCCEEDED, EMPTY -> "completed";
      case FAILED, REFUSED, CANCELED -> "failed";
    };
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    var why = refusal.message();
    return switch (refusal.kind()) {
      case CREDENTIAL -> detail(401, why);
      case MALFORMED -> detail(422, why);
      case CONTENT -> detail(400, "The prompt failed moderation");
      case NO_JOB -> detail(404, "Generation not found");
      case NO_ROUTE, NO_MODEL, TOO_LATE -> detail(404, why);
      case MONEY -> detail(402, "Insufficient credits");
      case BUSY -> LabAnswer.with(detail(429, why), "Retry-After", "1");
      case BROKEN, BUSINESS -> detail(500, why);
    };
  }

  private static LabAnswer.Whole detail(int status, String why) {
    return LabAnswer.json(status, JsonMapper.shared().createObjectNode().put("detail", why));
  }
}
