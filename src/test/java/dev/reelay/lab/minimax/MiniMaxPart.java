package dev.reelay.lab.minimax;

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
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * H3 by the second version, Hailuo by the first ({@link HailuoDesk}). An address for callbacks has
 * to echo a challenge before a create that names it is taken; what comes later is not signed.
 */
public final class MiniMaxPart implements LabPart {
  static final Map<String, String> JSON = Map.of("content-type", "application/json");
  private static final int SECONDS_MIN = 4;
  private static final int SECONDS_MAX = 15;
  private static final int REFERENCES_MAX = 9;
  private static final int CLIPS_MAX = 3;

  @Override
  public String name() {
    return "minimax";
  }

  @Override
  public List<Channel> channels() {
    return card().models().stream()
        .map(channel()::making)
        .map(channel -> channel.speaking(isSecond(channel.model()) ? "second" : "first"))
        .toList();
  }

  private static boolean isSecond(String model) {
    return model.startsWith("MiniMax-H3");
  }

  /** One that works is not stopped. */
  @Override
  public Set<LabJob.Phase> cancelable(Channel channel) {
    return isSecond(channel.model()) ? Set.of(LabJob.Phase.QUEUED) : Set.of();
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    var hailuo = new HailuoDesk(desk);
    return List.of(
        LabRoute.post("/v2/video_generation", request -> create(desk, request)),
        LabRoute.get("/v2/query/video_generation", request -> list(desk, request)),
        LabRoute.get("/v2/query/video_generation/{id}", request -> get(desk, request)),
        LabRoute.on("DELETE", "/v2/video_generation/{id}", request -> delete(desk, request)),
        LabRoute.post("/v1/video_generation", hailuo::create),
        LabRoute.get("/v1/query/video_generation", hailuo::get),
        LabRoute.get("/v1/files/retrieve", hailuo::file));
  }

  private static LabAnswer create(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var body =
        request
            .json()
            .only(
                "model",
                "content",
                "resolution",
                "ratio",
                "duration",
                "callback_url",
                "aigc_watermark");
    if (!isSecond(body.text("model"))) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model does not exist");
    }
    body.find("resolution", "480P", "768P", "2K");
    body.find("ratio", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "adaptive");
    body.findFlag("aigc_watermark");
    var prompt = prompt(body);
    var callback = body.findPicture("callback_url", false);
    callback.ifPresent(address -> challenge(desk, address));
    var seconds = IntStream.rangeClosed(SECONDS_MIN, SECONDS_MAX).toArray();
    var order =
        LabOrder.of(
            String.valueOf(41_000 + desk.serial()),
            body.text("model"),
            prompt,
            body.findInt("duration", seconds).orElse(5),
            body);
    var job = desk.make(order.calling(callback));
    return LabAnswer.json(200, JsonMapper.shared().createObjectNode().put("task_id", job.id()));
  }

  /** Frames and references exclude each other; a last frame needs a first one. */
  private static String prompt(LabBody body) {
    var prompt = "";
    var roles = new ArrayList<String>();
    for (var part : body.objects("content")) {
      switch (part.find("type", "text", "image_url", "video_url", "audio_url").orElse("")) {
        case "text" -> prompt = part.only("type", "text").text("text");
        case "image_url" -> {
          part.only("type", "image_url", "role").object("image_url").findPicture("url", true);
          roles.add(part.find("role", "first_frame", "last_frame", "reference_image").orElse(""));
        }
        case "video_url" -> roles.add(clip(part, "video_url", "reference_video"));
        default -> roles.add(clip(part, "audio_url", "reference_audio"));
      }
    }
    requireTogether(roles);
    if (roles.contains("last_frame") && !roles.contains("first_frame")) {
      throw LabRefusal.malformed("content", "a last frame needs a first one");
    }
    return prompt;
  }

  private static String clip(LabBody part, String type, String role) {
    part.only("type", type, "role").object(type).only("url").clip("url");
    return part.find("role", role)
        .orElseThrow(() -> LabRefusal.malformed("content.role", "missing"));
  }

  private static void requireTogether(List<String> roles) {
    var references = roles.stream().filter(role -> role.startsWith("reference_")).count();
    if (references > 0 && references < roles.size()) {
      throw LabRefusal.malformed("content", "frames or references");
    }
    if (Collections.frequency(roles, "reference_image") > REFERENCES_MAX
        || Collections.frequency(roles, "reference_video") > CLIPS_MAX
        || Collections.frequency(roles, "reference_audio") > CLIPS_MAX) {
      throw LabRefusal.malformed("content", "at most nine pictures, three videos, three audios");
    }
    if (!roles.isEmpty() && roles.stream().allMatch("reference_audio"::equals)) {
      throw LabRefusal.malformed("content", "an audio needs an image or a video");
    }
  }

  static void challenge(LabDesk desk, String address) {
    var text = "{\"challenge\":\"c-" + desk.serial() + "\"}";
    var echo = desk.send(new LabCall(URI.create(address), JSON, text));
    if (echo.filter(text::equals).isEmpty()) {
      throw LabRefusal.malformed("callback_url", "it did not echo the challenge");
    }
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var job = desk.look(request.part("id"));
    var answer = JsonMapper.shared().createObjectNode();
    answer.set("task", shown(desk, job));
    return LabAnswer.json(200, answer);
  }

  private static LabAnswer list(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var size = request.parameter("page_size").map(Integer::valueOf).orElse(20);
    var from = (request.parameter("page_num").map(Integer::valueOf).orElse(1) - 1) * size;
    var all = desk.jobs().stream().filter(job -> isSecond(job.order().model())).toList();
    var answer = JsonMapper.shared().createObjectNode().put("total", all.size());
    var tasks = answer.putArray("tasks");
    all.stream()
        .skip(from)
        .limit(size)
        .forEach(
            job -> tasks.add(shown(desk, job).put("created_at", job.madeAt().getEpochSecond())));
    return LabAnswer.json(200, answer);
  }

  private static LabAnswer delete(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    if (desk.get(request.part("id")).phase() == LabJob.Phase.RUNNING) {
      throw LabRefusal.of(LabRefusal.Kind.TOO_LATE, "a running task is not stopped");
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
            .put("status", status(job.phase()));
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      shown.putObject("content").put("url", desk.video(job).toString());
      shown.putObject("usage").put("total_seconds", job.order().seconds());
    }
    fault(job.phase())
        .ifPresent(
            code -> shown.putObject("error").put("code", code).put("message", "it was not made"));
    return shown;
  }

  private static String status(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "queued";
      case RUNNING -> "running";
      case ODD -> "pondering";
      case SUCCEEDED, EMPTY -> "succeeded";
      case FAILED, REFUSED -> "failed";
      case CANCELED -> "cancelled";
    };
  }

  private static Optional<String> fault(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED, RUNNING, ODD, SUCCEEDED, EMPTY, CANCELED -> Optional.empty();
      case FAILED -> Optional.of("1000");
      case REFUSED -> Optional.of("1027");
    };
  }

  @Override
  public Optional<LabCall> callback(LabDesk desk, LabJob job) {
    return job.order()
        .callback()
        .map(
            to ->
                new LabCall(
                    to,
                    JSON,
                    JsonMapper.shared()
                        .createObjectNode()
                        .put("task_id", job.id())
                        .put("status", status(job.phase()))
                        .toString()));
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    var why = refusal.message();
    return switch (refusal.kind()) {
      case CREDENTIAL -> problem(401, "authentication_error", why);
      case MALFORMED -> problem(400, "bad_request", why);
      case CONTENT -> problem(422, "unprocessable", "input sensitive content");
      case MONEY -> problem(402, "payment_required", "insufficient balance");
      case NO_JOB -> problem(404, "not_found", "task not found");
      case NO_ROUTE, NO_MODEL -> problem(404, "not_found", why);
      case TOO_LATE -> problem(400, "bad_request", why);
      case BUSY -> problem(429, "rate_limit_error", why);
      case BROKEN, BUSINESS -> problem(500, "server_error", why);
    };
  }

  private static LabAnswer problem(int status, String type, String why) {
    var answer = JsonMapper.shared().createObjectNode().put("type", "error");
    answer
        .putObject("error")
        .put("type", type)
        .put("message", why)
        .put("http_code", String.valueOf(status));
    return LabAnswer.json(status, answer.put("request_id", "lab"));
  }
}
