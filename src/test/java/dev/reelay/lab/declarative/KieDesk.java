package dev.reelay.lab.declarative;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabDesk;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabOrder;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabRefusal;
import dev.reelay.lab.LabRequest;
import dev.reelay.lab.LabRoute;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code docs/examples/kie.yaml} describes: every answer is a 200 with a code inside, and a
 * result is JSON in a text.
 */
final class KieDesk {
  private static final String MODEL = "sora-2-text-to-video";

  static final LabPart.Channel CHANNEL =
      new LabPart.Channel(
              "/kie",
              Map.of("description", DeclarativePart.example("kie.yaml")),
              LabPart.SECRET,
              MODEL,
              new Capability(
                  List.of(10, 15),
                  List.of(Resolution.P720),
                  List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT),
                  List.of(true),
                  new Capability.Pictures(true, false, 0)))
          .speaking("kie");

  private final LabDesk desk;

  KieDesk(LabDesk desk) {
    this.desk = desk;
  }

  List<LabRoute> routes() {
    return List.of(
        LabRoute.post("/kie/api/v1/jobs/createTask", request -> inside(request, this::create)),
        LabRoute.get("/kie/api/v1/jobs/recordInfo", request -> inside(request, this::get)));
  }

  private ObjectNode create(LabRequest request) {
    var body = request.json().only("model", "callBackUrl", "input");
    if (!body.text("model").equals(MODEL)) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "this model is not offered");
    }
    var input =
        body.object("input")
            .only("prompt", "aspect_ratio", "n_frames", "image_urls", "remove_watermark");
    input.find("aspect_ratio", "portrait", "landscape");
    input.findFlag("remove_watermark");
    input.texts("image_urls");
    var seconds = input.find("n_frames", "10", "15").map(Integer::valueOf).orElse(10);
    var order =
        LabOrder.of("kie-" + desk.serial(), MODEL, input.text("prompt"), seconds, body)
            .calling(body.findPicture("callBackUrl", false));
    return JsonMapper.shared().createObjectNode().put("taskId", desk.make(order).id());
  }

  private ObjectNode get(LabRequest request) {
    return shown(desk, desk.look(request.parameter("taskId").orElse("")));
  }

  /** What a callback address is told too. */
  static ObjectNode shown(LabDesk desk, LabJob job) {
    var shown =
        JsonMapper.shared()
            .createObjectNode()
            .put("taskId", job.id())
            .put("state", state(job.phase()))
            .put("resultJson", "");
    switch (job.phase()) {
      case QUEUED, RUNNING, ODD, EMPTY, CANCELED -> {}
      case SUCCEEDED -> {
        var result = JsonMapper.shared().createObjectNode();
        result.putArray("resultUrls").add(desk.video(job).toString());
        shown.put("resultJson", result.toString());
      }
      case FAILED -> shown.put("failCode", "500").put("failMsg", "It broke.");
      case REFUSED -> shown.put("failCode", "500").put("failMsg", "It may violate our policy.");
    }
    return shown;
  }

  private static String state(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "waiting";
      case RUNNING -> "generating";
      case ODD -> "hibernating";
      case SUCCEEDED, EMPTY -> "success";
      case FAILED, REFUSED, CANCELED -> "fail";
    };
  }

  private LabAnswer inside(LabRequest request, Function<LabRequest, ObjectNode> answer) {
    try {
      desk.requireBearer(request);
      var said = JsonMapper.shared().createObjectNode().put("code", 200).put("msg", "success");
      said.set("data", answer.apply(request));
      return LabAnswer.json(200, said);
    } catch (LabRefusal refusal) {
      return refuse(refusal);
    }
  }

  private static LabAnswer refuse(LabRefusal refusal) {
    var code =
        switch (refusal.kind()) {
          case CREDENTIAL -> 401;
          case MALFORMED, CONTENT, TOO_LATE -> 422;
          case NO_ROUTE, NO_JOB, NO_MODEL -> 404;
          case MONEY -> 402;
          case BUSY -> 429;
          case BROKEN, BUSINESS -> 500;
        };
    var message =
        switch (refusal.kind()) {
          case CONTENT -> "The prompt is sensitive.";
          case NO_JOB -> "There is no such record.";
          case NO_MODEL -> "This model is not offered.";
          case CREDENTIAL, MALFORMED, TOO_LATE, NO_ROUTE, MONEY, BUSY, BROKEN, BUSINESS ->
              refusal.message();
        };
    return LabAnswer.json(
        200, JsonMapper.shared().createObjectNode().put("code", code).put("msg", message));
  }
}
