package dev.reelay.lab.declarative;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabDesk;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabOrder;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabRefusal;
import dev.reelay.lab.LabRequest;
import dev.reelay.lab.LabRoute;
import dev.reelay.lab.LabWord;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code docs/examples/together.yaml} describes: refusals by status and code. */
final class TogetherDesk {
  private static final String MODEL = "minimax/hailuo-02";

  /** Its jobs have one error for all that goes wrong, of which words tell the content. */
  static final LabPart.Channel CHANNEL =
      new LabPart.Channel(
              "/together",
              Map.of("description", DeclarativePart.example("together.yaml")),
              LabPart.SECRET,
              MODEL,
              new Capability(
                  List.of(5, 10),
                  List.of(Resolution.P720),
                  List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT),
                  List.of(true),
                  new Capability.Pictures(true, true, 2)))
          .speaking("together", LabWord.BUSINESS);

  private final LabDesk desk;

  TogetherDesk(LabDesk desk) {
    this.desk = desk;
  }

  List<LabRoute> routes() {
    return List.of(
        LabRoute.post("/together/v1/videos", request -> inside(request, this::create)),
        LabRoute.get("/together/v1/videos/{id}", request -> inside(request, this::get)));
  }

  private ObjectNode create(LabRequest request) {
    var body =
        request
            .json()
            .only(
                "model",
                "prompt",
                "seconds",
                "width",
                "height",
                "seed",
                "negative_prompt",
                "frame_images",
                "reference_images");
    if (!body.text("model").equals(MODEL)) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model is not available");
    }
    body.findInt("width", 1280, 720);
    body.findInt("height", 1280, 720);
    body.findInt("seed");
    body.find("negative_prompt");
    for (var frame : body.objects("frame_images")) {
      frame.only("input_image", "frame").find("frame", "first", "last");
      frame.findPicture("input_image", true);
    }
    body.texts("reference_images");
    var seconds = body.find("seconds", "5", "10").map(Integer::valueOf).orElse(5);
    var id = "together-" + desk.serial();
    return shown(desk.make(LabOrder.of(id, MODEL, body.text("prompt"), seconds, body)));
  }

  private ObjectNode get(LabRequest request) {
    return shown(desk.look(request.part("id")));
  }

  private ObjectNode shown(LabJob job) {
    var shown = JsonMapper.shared().createObjectNode().put("id", job.id());
    shown.put("status", status(job.phase()));
    switch (job.phase()) {
      case QUEUED, RUNNING, ODD, EMPTY, CANCELED -> {}
      case SUCCEEDED ->
          shown.putObject("outputs").put("cost", 0.28).put("video_url", desk.video(job).toString());
      case FAILED -> shown.putObject("error").put("code", "failed").put("message", "It broke.");
      case REFUSED ->
          shown.putObject("error").put("code", "failed").put("message", "Stopped by moderation.");
    }
    return shown;
  }

  private static String status(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "queued";
      case RUNNING -> "in_progress";
      case ODD -> "hibernating";
      case SUCCEEDED, EMPTY -> "completed";
      case FAILED, REFUSED -> "failed";
      case CANCELED -> "cancelled";
    };
  }

  private LabAnswer inside(LabRequest request, Function<LabRequest, ObjectNode> answer) {
    try {
      desk.requireBearer(request);
      return LabAnswer.json(200, answer.apply(request));
    } catch (LabRefusal refusal) {
      return refuse(refusal);
    }
  }

  private static LabAnswer refuse(LabRefusal refusal) {
    return switch (refusal.kind()) {
      case CREDENTIAL -> problem(401, "invalid_api_key", refusal.message());
      case MALFORMED, TOO_LATE -> problem(400, "invalid_request", refusal.message());
      case CONTENT -> problem(400, "invalid_request", "The prompt did not pass moderation.");
      case MONEY -> problem(429, "rate_limit", "Your credit balance is used up.");
      case NO_ROUTE -> problem(404, "not_found", "no such address");
      case NO_JOB -> problem(404, "not_found", "There is no such video.");
      case NO_MODEL -> problem(404, "model_not_available", refusal.message());
      case BUSY -> LabAnswer.with(problem(429, "rate_limit", "Slow down."), "Retry-After", "1");
      case BROKEN, BUSINESS -> problem(500, "server_error", refusal.message());
    };
  }

  private static LabAnswer.Whole problem(int status, String code, String message) {
    var answer = JsonMapper.shared().createObjectNode();
    answer.putObject("error").put("code", code).put("message", message);
    return LabAnswer.json(status, answer);
  }
}
