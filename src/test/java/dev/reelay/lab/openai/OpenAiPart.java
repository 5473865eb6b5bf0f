package dev.reelay.lab.openai;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabBody;
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
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/videos}: create, get, list, delete, content. It takes JSON bodies. */
public final class OpenAiPart implements LabPart {
  private static final String MODEL = "sora-2";

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public Channel channel() {
    var capability =
        new Capability(
            List.of(4, 8, 12),
            List.of(Resolution.P720),
            List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT),
            List.of(true),
            new Capability.Pictures(true, false, 0));
    return new Channel("/v1", Map.of("list", "complete"), SECRET, MODEL, capability);
  }

  /** Another server of the kind keeps a create's token and so makes it once. */
  @Override
  public List<Channel> channels() {
    var tokens = Map.of("idempotency_key", "true", "cancel", "delete");
    return List.of(channel().speaking("list"), channel().with(tokens).speaking("token"));
  }

  /** The format has no address of a result that could be missing or expire. */
  @Override
  public Set<LabWord> without() {
    return Set.of(LabWord.NO_VIDEO, LabWord.EXPIRED);
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post("/v1/videos", request -> create(desk, request)),
        LabRoute.get("/v1/videos", request -> list(desk, request)),
        LabRoute.get("/v1/videos/{id}", request -> get(desk, request)),
        LabRoute.get("/v1/videos/{id}/content", request -> content(desk, request)),
        LabRoute.on("DELETE", "/v1/videos/{id}", request -> delete(desk, request)));
  }

  private static LabAnswer create(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var token = request.header("idempotency-key");
    var known = token.flatMap(desk::named);
    if (known.isPresent()) {
      return LabAnswer.json(200, shown(known.get()));
    }
    var body =
        request
            .json()
            .only(
                "model",
                "prompt",
                "seconds",
                "size",
                "input_reference",
                "seed",
                "negative_prompt",
                "watermark");
    if (!body.text("model").equals(MODEL)) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model does not exist");
    }
    var seconds = body.find("seconds", "4", "8", "12").map(Integer::valueOf).orElse(4);
    body.find("size", "1280x720", "720x1280");
    body.findObject("input_reference")
        .ifPresent(picture -> picture.only("image_url", "file_id").findPicture("image_url", true));
    var order = LabOrder.of("video_" + desk.serial(), MODEL, body.text("prompt"), seconds, body);
    return LabAnswer.json(200, shown(desk.make(order.named(token))));
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    return LabAnswer.json(200, shown(desk.look(request.part("id"))));
  }

  private static LabAnswer list(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var limit = request.parameter("limit").map(Integer::valueOf).orElse(20);
    var after = request.parameter("after");
    var all = desk.jobs();
    var from = after.map(id -> 1 + all.stream().map(LabJob::id).toList().indexOf(id)).orElse(0);
    var page = all.subList(from, Math.min(all.size(), from + limit));
    var answer = JsonMapper.shared().createObjectNode().put("object", "list");
    var data = answer.putArray("data");
    page.forEach(job -> data.add(shown(job)));
    return LabAnswer.json(200, answer.put("has_more", from + page.size() < all.size()));
  }

  private static LabAnswer content(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var job = desk.get(request.part("id"));
    if (job.phase() != LabJob.Phase.SUCCEEDED || request.parameter("variant").isPresent()) {
      throw LabRefusal.of(LabRefusal.Kind.NO_JOB, "there is no such content");
    }
    return LabAnswer.file("video/mp4", desk.videoBytes(job));
  }

  private static LabAnswer delete(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var job = desk.cancel(request.part("id"));
    return LabAnswer.json(
        200, "{\"id\":\"%s\",\"object\":\"video.deleted\",\"deleted\":true}".formatted(job.id()));
  }

  private static ObjectNode shown(LabJob job) {
    var body = new LabBody(job.order().body(), "");
    var shown =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", job.id())
            .put("object", "video")
            .put("model", job.order().model())
            .put("status", status(job.phase()))
            .put("progress", job.percent())
            .put("created_at", job.madeAt().getEpochSecond())
            .put("prompt", job.order().prompt())
            .put("seconds", String.valueOf(job.order().seconds()))
            .put("size", body.find("size").orElse("720x1280"));
    fault(job.phase())
        .ifPresent(code -> shown.putObject("error").put("code", code).put("message", code));
    return shown;
  }

  private static String status(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "queued";
      case RUNNING -> "in_progress";
      case ODD -> "hibernating";
      case SUCCEEDED, EMPTY -> "completed";
      case FAILED, REFUSED, CANCELED -> "failed";
    };
  }

  private static Optional<String> fault(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED, RUNNING, ODD, SUCCEEDED, EMPTY -> Optional.empty();
      case FAILED -> Optional.of("video_generation_failed");
      case REFUSED -> Optional.of("moderation_blocked");
      case CANCELED -> Optional.of("cancelled");
    };
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    return switch (refusal.kind()) {
      case CREDENTIAL -> error(401, "invalid_api_key", refusal);
      case MALFORMED -> error(400, "invalid_value", refusal);
      case CONTENT -> error(400, "moderation_blocked", refusal);
      case NO_ROUTE -> error(404, "unknown_url", refusal);
      case NO_JOB -> error(404, "video_not_found", refusal);
      case NO_MODEL -> error(400, "model_not_found", refusal);
      case MONEY -> error(429, "insufficient_quota", refusal);
      case BUSY -> LabAnswer.with(error(429, "rate_limit_exceeded", refusal), "Retry-After", "1");
      case BROKEN, BUSINESS -> error(500, "server_error", refusal);
      case TOO_LATE -> error(400, "video_final", refusal);
    };
  }

  private static LabAnswer.Whole error(int status, String code, LabRefusal refusal) {
    var error = JsonMapper.shared().createObjectNode();
    error
        .putObject("error")
        .put("message", refusal.message())
        .put("type", "invalid_request_error")
        .put("param", refusal.field().isEmpty() ? null : refusal.field())
        .put("code", code);
    return LabAnswer.json(status, error);
  }
}
