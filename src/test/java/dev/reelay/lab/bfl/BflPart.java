package dev.reelay.lab.bfl;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabDesk;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabOrder;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabRefusal;
import dev.reelay.lab.LabRequest;
import dev.reelay.lab.LabRoute;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** FLUX 3 video, asked for at the address that a create names. */
public final class BflPart implements LabPart {
  @Override
  public String name() {
    return "bfl";
  }

  @Override
  public Duration resultLife() {
    return Duration.ofMinutes(10);
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post("/v1/flux-3-video", request -> create(desk, request)),
        LabRoute.get("/v1/get_result", request -> get(desk, request)));
  }

  private LabAnswer create(LabDesk desk, LabRequest request) {
    desk.requireSecret(request.header("x-key"));
    var body =
        request
            .json()
            .only(
                "mode",
                "prompt",
                "keyframes",
                "aspect_ratio",
                "duration",
                "resolution",
                "generate_audio",
                "seed");
    var pictured = body.find("mode", "t2v", "i2v").orElse("").equals("i2v");
    if (pictured != body.has("keyframes")) {
      throw LabRefusal.malformed("keyframes", "go with the mode i2v");
    }
    body.find("resolution", "hd", "fhd", "qhd", "uhd");
    body.find("aspect_ratio", "21:9", "2:1", "16:9", "4:3", "1:1", "3:4", "9:16", "9:21", "auto");
    body.findFlag("generate_audio");
    body.findInt("seed");
    if (body.tree().path("keyframes").valueStream().anyMatch(BflPart::isNoFrame)) {
      throw LabRefusal.malformed("keyframes", "not pictures or [seconds, picture]");
    }
    var seconds = body.findInt("duration").orElse(5);
    if (seconds < 5 || seconds > 20) {
      throw LabRefusal.malformed("duration", "not 5 to 20");
    }
    var id = "b-" + desk.serial();
    var job = desk.make(LabOrder.of(id, "flux-3-video", body.text("prompt"), seconds, body));
    var answer =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", job.id())
            .put("polling_url", desk.baseUrl() + "/v1/get_result?id=" + job.id())
            .put("cost", 17 * seconds);
    return LabAnswer.json(200, answer);
  }

  private static boolean isNoFrame(JsonNode frame) {
    return !frame.isString() && !(frame.isArray() && frame.size() == 2 && frame.get(0).isNumber());
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    desk.requireSecret(request.header("x-key"));
    var job = desk.look(request.parameter("id").orElse(""));
    var answer =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", job.id())
            .put("status", status(job.phase()));
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      answer
          .putObject("result")
          .put("sample", desk.video(job).toString())
          .put("duration", job.order().seconds());
    } else {
      answer.putNull("result");
    }
    return LabAnswer.json(200, answer);
  }

  private static String status(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED, RUNNING -> "Pending";
      case ODD -> "Hibernating";
      case SUCCEEDED, EMPTY -> "Ready";
      case FAILED, CANCELED -> "Error";
      case REFUSED -> "Content Moderated";
    };
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    return switch (refusal.kind()) {
      case CREDENTIAL -> error(403, "Not authenticated");
      case MALFORMED -> error(422, refusal.message());
      case CONTENT -> error(422, "refused by moderation");
      case NO_ROUTE, NO_MODEL -> error(404, "Not Found");
      case NO_JOB -> LabAnswer.json(404, "{\"status\":\"Task not found\",\"result\":null}");
      case MONEY -> error(402, "Insufficient credits");
      case BUSY -> LabAnswer.with(error(429, "Too many active tasks"), "Retry-After", "1");
      case BROKEN, BUSINESS -> error(500, "Internal Server Error");
      case TOO_LATE -> error(405, "Method Not Allowed");
    };
  }

  private static LabAnswer.Whole error(int status, String detail) {
    return LabAnswer.json(status, JsonMapper.shared().createObjectNode().put("detail", detail));
  }
}
