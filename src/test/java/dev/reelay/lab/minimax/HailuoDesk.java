package dev.reelay.lab.minimax;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabDesk;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabOrder;
import dev.reelay.lab.LabRefusal;
import dev.reelay.lab.LabRequest;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The first version: every answer is a 200 with a code inside, and a file is a third call. */
final class HailuoDesk {
  private static final String FILE = "9";
  private final LabDesk desk;

  HailuoDesk(LabDesk desk) {
    this.desk = desk;
  }

  LabAnswer create(LabRequest request) {
    return inside(
        request,
        r -> {
          var body =
              r.json()
                  .only(
                      "model",
                      "prompt",
                      "first_frame_image",
                      "last_frame_image",
                      "duration",
                      "resolution",
                      "prompt_optimizer",
                      "aigc_watermark",
                      "callback_url");
          if (!body.text("model").startsWith("MiniMax-Hailuo")) {
            throw LabRefusal.malformed("model", "unknown");
          }
          body.findPicture("first_frame_image", true);
          body.findPicture("last_frame_image", true);
          body.find("resolution", "512P", "768P", "1080P");
          body.findFlag("prompt_optimizer");
          body.findFlag("aigc_watermark");
          var callback = body.findPicture("callback_url", false);
          callback.ifPresent(address -> MiniMaxPart.challenge(desk, address));
          var order =
              LabOrder.of(
                  String.valueOf(90_000 + desk.serial()),
                  body.text("model"),
                  body.text("prompt"),
                  body.findInt("duration", 6, 10).orElse(6),
                  body);
          return good().put("task_id", desk.make(order.calling(callback)).id());
        });
  }

  LabAnswer get(LabRequest request) {
    return inside(
        request,
        r -> {
          var job = desk.look(r.parameter("task_id").orElse(""));
          var file = job.phase() == LabJob.Phase.SUCCEEDED ? FILE + job.id() : "";
          var shown = job.phase() == LabJob.Phase.REFUSED ? coded(1027, "sensitive") : good();
          return shown.put("task_id", job.id()).put("status", status(job)).put("file_id", file);
        });
  }

  LabAnswer file(LabRequest request) {
    return inside(
        request,
        r -> {
          var job = desk.get(r.parameter("file_id").orElse(FILE).substring(FILE.length()));
          var shown = good();
          shown.putObject("file").put("download_url", desk.video(job).toString());
          return shown;
        });
  }

  private static String status(LabJob job) {
    return switch (job.phase()) {
      case QUEUED -> "Queueing";
      case RUNNING -> "Processing";
      case ODD -> "Pondering";
      case SUCCEEDED, EMPTY -> "Success";
      case FAILED, REFUSED, CANCELED -> "Fail";
    };
  }

  private LabAnswer inside(LabRequest request, Function<LabRequest, ObjectNode> answer) {
    try {
      desk.requireBearer(request);
      return LabAnswer.json(200, answer.apply(request));
    } catch (LabRefusal refusal) {
      var isJob = refusal.kind() == LabRefusal.Kind.NO_JOB;
      var why = isJob ? "invalid params, task not found" : refusal.message();
      return LabAnswer.json(200, coded(code(refusal.kind()), why));
    }
  }

  private static int code(LabRefusal.Kind kind) {
    return switch (kind) {
      case CREDENTIAL -> 1004;
      case MALFORMED, NO_ROUTE, NO_JOB, NO_MODEL, TOO_LATE -> 2013;
      case CONTENT -> 1026;
      case MONEY -> 1008;
      case BUSY -> 1002;
      case BROKEN, BUSINESS -> 1000;
    };
  }

  private static ObjectNode good() {
    return coded(0, "success");
  }

  private static ObjectNode coded(int code, String message) {
    var shown = JsonMapper.shared().createObjectNode();
    shown.putObject("base_resp").put("status_code", code).put("status_msg", message);
    return shown;
  }
}
