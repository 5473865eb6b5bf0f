package dev.reelay.lab.runway;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabBody;
import dev.reelay.lab.LabDesk;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabOrder;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabRefusal;
import dev.reelay.lab.LabRequest;
import dev.reelay.lab.LabRoute;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Wants its version in a header, and throws away with one call what is open and what has ended. */
public final class RunwayPart implements LabPart {
  private static final Duration RESULT_LIFE = Duration.ofHours(24);
  private static final String VERSION = "2024-11-06";
  private static final int CREDITS_PER_SECOND = 12;
  private static final double WHOLE = 100;

  @Override
  public String name() {
    return "runway";
  }

  @Override
  public Duration resultLife() {
    return RESULT_LIFE;
  }

  /** One model makes nothing of text alone, and is asked like the first otherwise. */
  @Override
  public List<Channel> channels() {
    return LabPart.super.channels().stream()
        .filter(channel -> !channel.model().equals("gen4_turbo"))
        .toList();
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post("/v1/text_to_video", request -> create(desk, request, false)),
        LabRoute.post("/v1/image_to_video", request -> create(desk, request, true)),
        LabRoute.get("/v1/tasks/{id}", request -> get(desk, request)),
        LabRoute.on("DELETE", "/v1/tasks/{id}", request -> delete(desk, request)));
  }

  private static void requireHeaders(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    if (request.header("x-runway-version").filter(VERSION::equals).isEmpty()) {
      throw LabRefusal.malformed("X-Runway-Version", "missing or unknown");
    }
  }

  private static LabAnswer create(LabDesk desk, LabRequest request, boolean withPicture) {
    requireHeaders(desk, request);
    var body = request.json();
    var seconds = RunwayModel.of(body.text("model")).check(body, withPicture);
    if (body.has("promptImage") != withPicture) {
      throw LabRefusal.malformed("promptImage", withPicture ? "missing" : "not here");
    }
    if (withPicture) {
      requirePictures(body);
    }
    var order =
        LabOrder.of(
            "17f20503-aaaa-" + desk.serial(),
            body.text("model"),
            body.text("promptText"),
            seconds,
            body);
    var shown = JsonMapper.shared().createObjectNode().put("id", desk.make(order).id());
    shown.putObject("estimatedCost").put("credits", credits(order));
    return LabAnswer.json(200, shown);
  }

  private static void requirePictures(LabBody body) {
    if (body.tree().path("promptImage").isString()) {
      body.findPicture("promptImage", true);
      return;
    }
    for (var picture : body.objects("promptImage")) {
      picture.only("uri", "position").findPicture("uri", true);
      picture.find("position", "first", "last");
    }
  }

  private static int credits(LabOrder order) {
    return order.seconds() * CREDITS_PER_SECOND;
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    requireHeaders(desk, request);
    return LabAnswer.json(200, shown(desk, desk.look(request.part("id"))));
  }

  private static LabAnswer delete(LabDesk desk, LabRequest request) {
    requireHeaders(desk, request);
    desk.cancel(request.part("id"));
    return LabAnswer.text(204, "application/json", "");
  }

  private static ObjectNode shown(LabDesk desk, LabJob job) {
    var shown =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", job.id())
            .put("createdAt", job.madeAt().toString())
            .put("status", status(job));
    var done = job.phase() == LabJob.Phase.SUCCEEDED;
    var price = job.isFinal() && !done ? 0 : credits(job.order());
    shown.putObject(job.isFinal() ? "cost" : "estimatedCost").put("credits", price);
    if (job.phase() == LabJob.Phase.RUNNING) {
      shown.put("progress", job.percent() / WHOLE);
    }
    if (job.phase() == LabJob.Phase.EMPTY) {
      shown.putArray("output");
    }
    if (done) {
      shown.putArray("output").add(desk.video(job).toString());
    }
    failureCode(job.phase())
        .ifPresent(code -> shown.put("failureCode", code).put("failure", "it was not made"));
    return shown;
  }

  private static String status(LabJob job) {
    return switch (job.phase()) {
      case QUEUED -> job.percent() == 0 ? "PENDING" : "THROTTLED";
      case RUNNING -> "RUNNING";
      case ODD -> "DREAMING";
      case SUCCEEDED, EMPTY -> "SUCCEEDED";
      case FAILED, REFUSED -> "FAILED";
      case CANCELED -> "CANCELLED";
    };
  }

  private static Optional<String> failureCode(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED, RUNNING, ODD, SUCCEEDED, EMPTY, CANCELED -> Optional.empty();
      case FAILED -> Optional.of("INTERNAL.BAD_OUTPUT.CODE01");
      case REFUSED -> Optional.of("SAFETY.OUTPUT.VIDEO");
    };
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    var why = refusal.message();
    return switch (refusal.kind()) {
      case CREDENTIAL -> problem(401, "the API key is not valid");
      case MALFORMED -> problem(400, "Validation of body failed: " + why);
      case CONTENT -> problem(400, "The input did not pass content moderation");
      case MONEY -> problem(400, "You do not have enough credits to run this task.");
      case NO_MODEL -> problem(403, why);
      case NO_ROUTE -> problem(404, "Not found");
      case NO_JOB -> problem(404, "The task was not found");
      case TOO_LATE -> problem(409, why);
      case BUSY -> problem(429, "the daily limit of tasks is reached");
      case BROKEN, BUSINESS -> problem(502, why);
    };
  }

  private static LabAnswer problem(int status, String why) {
    return LabAnswer.json(status, JsonMapper.shared().createObjectNode().put("error", why));
  }
}
