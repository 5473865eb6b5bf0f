package dev.reelay.lab.ark;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabBody;
import dev.reelay.lab.LabCall;
import dev.reelay.lab.LabDesk;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabOrder;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabRefusal;
import dev.reelay.lab.LabRequest;
import dev.reelay.lab.LabRoute;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tasks of Seedance; callbacks without a signature; DELETE cancels what waits. */
public final class ArkPart implements LabPart {
  private static final String TASKS = "/api/v3/contents/generations/tasks";
  private static final Set<String> FRAMES = Set.of("first_frame", "last_frame");
  private static final int CLIPS_MAX = 10;

  @Override
  public String name() {
    return "ark";
  }

  @Override
  public Channel channel() {
    var model = card().models().getFirst();
    var settings = Map.of("list", "complete");
    return new Channel("/api/v3", settings, SECRET, model.upstream(), model.capability());
  }

  @Override
  public Duration resultLife() {
    return Duration.ofHours(24);
  }

  /** One that works is not stopped. */
  @Override
  public Set<LabJob.Phase> cancelable(Channel channel) {
    return Set.of(LabJob.Phase.QUEUED);
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post(TASKS, request -> create(desk, request)),
        LabRoute.get(TASKS, request -> list(desk, request)),
        LabRoute.get(TASKS + "/{id}", request -> get(desk, request)),
        LabRoute.on("DELETE", TASKS + "/{id}", request -> delete(desk, request)));
  }

  private LabAnswer create(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var body =
        request
            .json()
            .only(
                "model",
                "content",
                "ratio",
                "duration",
                "resolution",
                "generate_audio",
                "seed",
                "watermark",
                "camera_fixed",
                "return_last_frame",
                "draft",
                "service_tier",
                "callback_url");
    var model = body.text("model");
    if (card().models().stream().noneMatch(known -> known.upstream().equals(model))) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model does not exist: " + model);
    }
    body.find("ratio", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "adaptive");
    body.find("resolution", "480p", "720p", "1080p");
    body.find("service_tier", "default", "flex");
    body.findFlag("generate_audio");
    body.findFlag("watermark");
    body.findFlag("camera_fixed");
    body.findFlag("return_last_frame");
    body.findFlag("draft");
    body.findInt("seed");
    var seconds = body.findInt("duration").orElse(5);
    var order =
        LabOrder.of("cgt-" + desk.serial(), model, prompt(body), seconds, body)
            .calling(body.find("callback_url"));
    var made = desk.make(order);
    return LabAnswer.json(200, "{\"id\":\"%s\"}".formatted(made.id()));
  }

  private static String prompt(LabBody body) {
    var content = body.objects("content");
    var roles =
        content.stream()
            .filter(entry -> !entry.text("type").equals("text"))
            .map(ArkPart::role)
            .toList();
    if (roles.stream().anyMatch(FRAMES::contains) && !FRAMES.containsAll(roles)) {
      throw LabRefusal.malformed("content", "first/last frame cannot be mixed with references");
    }
    for (var kind : List.of("reference_video", "reference_audio")) {
      if (Collections.frequency(roles, kind) > CLIPS_MAX) {
        throw LabRefusal.malformed("content", "too many of " + kind);
      }
    }
    return content.stream()
        .filter(entry -> entry.text("type").equals("text"))
        .map(entry -> entry.only("type", "text").text("text"))
        .findFirst()
        .orElseThrow(() -> LabRefusal.malformed("content", "no text"));
  }

  private static String role(LabBody entry) {
    var type = entry.find("type", "image_url", "video_url", "audio_url").orElseThrow();
    if (!type.equals("image_url")) {
      entry.only("type", type, "role").object(type).only("url").clip("url");
      return entry
          .find("role", type.replace("_url", "").transform("reference_"::concat))
          .orElseThrow(() -> LabRefusal.malformed("content.role", "missing"));
    }
    entry
        .only("type", "image_url", "role")
        .object("image_url")
        .only("url")
        .findPicture("url", true);
    return entry.find("role", "first_frame", "last_frame", "reference_image").orElse("first_frame");
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    return LabAnswer.json(200, shown(desk, desk.look(request.part("id"))));
  }

  private static LabAnswer list(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var page = request.parameter("page_num").map(Integer::valueOf).orElse(1);
    var size = request.parameter("page_size").map(Integer::valueOf).orElse(10);
    var wanted = request.parameters("filter.task_ids");
    var all =
        wanted.isEmpty()
            ? desk.jobs()
            : wanted.stream().flatMap(id -> desk.lookIfThere(id).stream()).toList();
    var answer = JsonMapper.shared().createObjectNode();
    var items = answer.putArray("items");
    all.stream()
        .skip((long) (page - 1) * size)
        .limit(size)
        .forEach(job -> items.add(shown(desk, job)));
    return LabAnswer.json(200, answer.put("total", all.size()));
  }

  private static LabAnswer delete(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    if (desk.get(request.part("id")).phase() != LabJob.Phase.QUEUED) {
      throw LabRefusal.of(LabRefusal.Kind.TOO_LATE, "a job that has begun is not canceled");
    }
    desk.cancel(request.part("id"));
    return LabAnswer.json(200, "{}");
  }

  private static ObjectNode shown(LabDesk desk, LabJob job) {
    var shown =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", job.id())
            .put("model", job.order().model())
            .put("status", status(job.phase()))
            .put("created_at", job.madeAt().getEpochSecond());
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      shown.putObject("content").put("video_url", desk.video(job).toString());
      shown.putObject("usage").put("completion_tokens", 21_780L * job.order().seconds());
    }
    fault(job.phase())
        .ifPresent(code -> shown.putObject("error").put("code", code).put("message", code));
    return shown;
  }

  private static String status(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "queued";
      case RUNNING -> "running";
      case ODD -> "hibernating";
      case SUCCEEDED, EMPTY -> "succeeded";
      case FAILED, REFUSED -> "failed";
      case CANCELED -> "cancelled";
    };
  }

  private static Optional<String> fault(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED, RUNNING, ODD, SUCCEEDED, EMPTY, CANCELED -> Optional.empty();
      case FAILED -> Optional.of("InternalServiceError");
      case REFUSED -> Optional.of("OutputVideoSensitiveContentDetected");
    };
  }

  @Override
  public Optional<LabCall> callback(LabDesk desk, LabJob job) {
    return job.order().callback().map(to -> new LabCall(to, Map.of(), shown(desk, job).toString()));
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    return switch (refusal.kind()) {
      case CREDENTIAL -> error(401, "AuthenticationError", refusal);
      case MALFORMED -> error(400, "InvalidParameter", refusal);
      case CONTENT -> error(400, "InputTextSensitiveContentDetected", refusal);
      case NO_ROUTE -> error(404, "InvalidAction", refusal);
      case NO_JOB -> error(404, "ResourceNotFound", refusal);
      case NO_MODEL -> error(404, "InvalidEndpointOrModel.NotFound", refusal);
      case MONEY -> error(403, "AccountOverdueError", refusal);
      case BUSY -> LabAnswer.with(error(429, "ServerOverload", refusal), "Retry-After", "1");
      case BROKEN, BUSINESS -> error(500, "InternalServiceError", refusal);
      case TOO_LATE -> error(409, "InvalidAction.RunningTaskDeletion", refusal);
    };
  }

  private static LabAnswer.Whole error(int status, String code, LabRefusal refusal) {
    var error = JsonMapper.shared().createObjectNode();
    error
        .putObject("error")
        .put("code", code)
        .put("message", refusal.message())
        .put("param", refusal.field())
        .put("type", "Error");
    return LabAnswer.json(status, error);
  }
}
