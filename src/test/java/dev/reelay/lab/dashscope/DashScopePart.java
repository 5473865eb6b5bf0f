package dev.reelay.lab.dashscope;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabDesk;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabRefusal;
import dev.reelay.lab.LabRequest;
import dev.reelay.lab.LabRoute;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Wan by {@code video-synthesis}, as {@link WanCreate} takes it; times of eight hours ahead without
 * a zone.
 */
public final class DashScopePart implements LabPart {
  private static final String CREATE = "/api/v1/services/aigc/video-generation/video-synthesis";
  private static final ZoneOffset LOCAL = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
  private static final DateTimeFormatter ASKED = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  @Override
  public String name() {
    return "dashscope";
  }

  @Override
  public Channel channel() {
    var model = card().models().getFirst();
    var settings = Map.of("list", "complete");
    return new Channel("", settings, SECRET, model.upstream(), model.capability());
  }

  @Override
  public List<Channel> channels() {
    return card().models().stream()
        .map(channel()::making)
        .map(channel -> channel.speaking(WanCreate.dialect(channel.model())))
        .toList();
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
        LabRoute.post(CREATE, request -> create(desk, request)),
        LabRoute.get("/api/v1/tasks/", request -> list(desk, request)),
        LabRoute.get("/api/v1/tasks/{id}", request -> get(desk, request)),
        LabRoute.post("/api/v1/tasks/{id}/cancel", request -> cancel(desk, request)));
  }

  private static LabAnswer create(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    if (request.header("x-dashscope-async").filter("enable"::equals).isEmpty()) {
      throw LabRefusal.malformed("X-DashScope-Async", "synchronous calls are not supported");
    }
    var body = request.json().only("model", "input", "parameters");
    var order = new WanCreate(body).order("0385-" + desk.serial());
    return LabAnswer.json(200, answer(desk, desk.make(order)));
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    return LabAnswer.json(200, answer(desk, desk.look(request.part("id"))));
  }

  private static LabAnswer cancel(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    if (desk.get(request.part("id")).phase() != LabJob.Phase.QUEUED) {
      throw LabRefusal.of(LabRefusal.Kind.TOO_LATE, "the task is not in PENDING status");
    }
    desk.cancel(request.part("id"));
    return LabAnswer.json(200, "{\"request_id\":\"r\"}");
  }

  private static LabAnswer list(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var page = request.parameter("page_no").map(Integer::valueOf).orElse(1);
    var size = request.parameter("page_size").map(Integer::valueOf).orElse(10);
    var from = asked(request, "start_time").orElse(Instant.MIN);
    var all = desk.jobs().stream().filter(job -> !job.madeAt().isBefore(from)).toList();
    var answer = JsonMapper.shared().createObjectNode();
    var data = answer.putArray("data");
    all.stream().skip((long) (page - 1) * size).limit(size).forEach(job -> data.add(line(job)));
    return LabAnswer.json(
        200, answer.put("page_no", page).put("total_page", (all.size() + size - 1) / size));
  }

  private static Optional<Instant> asked(LabRequest request, String name) {
    return request.parameter(name).map(text -> LocalDateTime.parse(text, ASKED).toInstant(LOCAL));
  }

  private static ObjectNode line(LabJob job) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("task_id", job.id())
        .put("model_name", job.order().model())
        .put("status", status(job.phase()))
        .put("gmt_create", job.madeAt().toEpochMilli());
  }

  private static ObjectNode answer(LabDesk desk, LabJob job) {
    var answer = JsonMapper.shared().createObjectNode().put("request_id", "r-" + job.id());
    var output =
        answer
            .putObject("output")
            .put("task_id", job.id())
            .put("task_status", status(job.phase()))
            .put("submit_time", SHOWN.format(LocalDateTime.ofInstant(job.madeAt(), LOCAL)));
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      output.put("video_url", desk.video(job).toString());
      answer.putObject("usage").put("duration", job.order().seconds());
    }
    fault(job.phase()).ifPresent(code -> output.put("code", code).put("message", code));
    return answer;
  }

  private static String status(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "PENDING";
      case RUNNING -> "RUNNING";
      case ODD -> "HIBERNATING";
      case SUCCEEDED, EMPTY -> "SUCCEEDED";
      case FAILED, REFUSED -> "FAILED";
      case CANCELED -> "CANCELED";
    };
  }

  private static Optional<String> fault(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED, RUNNING, ODD, SUCCEEDED, EMPTY, CANCELED -> Optional.empty();
      case FAILED -> Optional.of("InternalError");
      case REFUSED -> Optional.of("DataInspectionFailed");
    };
  }

  /** A task that is not there is no error: its state is not known. */
  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    return switch (refusal.kind()) {
      case CREDENTIAL -> error(401, "InvalidApiKey", refusal);
      case MALFORMED -> error(400, "InvalidParameter", refusal);
      case CONTENT -> error(400, "DataInspectionFailed", refusal);
      case NO_ROUTE -> error(404, "NotFound", refusal);
      case NO_JOB -> LabAnswer.json(200, "{\"output\":{\"task_status\":\"UNKNOWN\"}}");
      case NO_MODEL -> error(404, "ModelNotFound", refusal);
      case MONEY -> error(400, "Arrearage", refusal);
      case BUSY -> LabAnswer.with(error(429, "Throttling.RateQuota", refusal), "Retry-After", "1");
      case BROKEN, BUSINESS -> error(500, "InternalError", refusal);
      case TOO_LATE -> error(400, "UnsupportedOperation", refusal);
    };
  }

  private static LabAnswer.Whole error(int status, String code, LabRefusal refusal) {
    var error = JsonMapper.shared().createObjectNode();
    error.put("code", code).put("message", refusal.message()).put("request_id", "r");
    return LabAnswer.json(status, error);
  }
}
