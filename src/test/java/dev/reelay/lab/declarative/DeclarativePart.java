package dev.reelay.lab.declarative;

import dev.reelay.lab.LabAnswer;
import dev.reelay.lab.LabCall;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Jobs that are made once for each token, however often they are asked for. */
public final class DeclarativePart implements LabPart {
  private static final String MODEL = "nobodys-video";
  private static final String DESCRIPTION =
      """
      auth: {header: x-api-key}
      token: {life: 24h}
      create:
        path: /jobs
        headers: {Idempotency-Key: "${token}"}
        body:
          model: ${model}
          text: ${prompt}
          seconds: ${seconds}
          ratio: ${ratio}
          first: ${first_frame}
        id: /job
      poll:
        path: /jobs/${id}
        every: 1s
        status: /state
        progress: /percent
        words:
          pending: [waiting, working]
          succeeded: ready
          failed: broken
          content: refused
          canceled: stopped
        video: /file
        error: /why
      cancel: {method: DELETE, path: "/jobs/${id}"}
      errors:
        code: /code
        message: /why
        rules:
          - {code: no_money, means: account}
          - {code: content, means: content}
          - {code: no_model, means: model}
          - {status: 404, code: no_job, means: gone}
          - {code: malformed, means: rejected}
      """;

  @Override
  public String name() {
    return "declarative";
  }

  @Override
  public Channel channel() {
    var capability =
        new Capability(
            List.of(5, 10),
            List.of(Resolution.P720),
            List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT),
            List.of(true),
            new Capability.Pictures(true, false, 0));
    return new Channel("", Map.of("description", DESCRIPTION), SECRET, MODEL, capability);
  }

  /** Beside it the two descriptions that are handed out, as they are. */
  @Override
  public List<Channel> channels() {
    return List.of(channel().speaking("own"), TogetherDesk.CHANNEL, KieDesk.CHANNEL);
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    var own =
        Stream.of(
            LabRoute.post("/jobs", request -> create(desk, request)),
            LabRoute.get("/jobs/{id}", request -> get(desk, request)),
            LabRoute.on("DELETE", "/jobs/{id}", request -> delete(desk, request)));
    var handedOut = Stream.of(new TogetherDesk(desk).routes(), new KieDesk(desk).routes());
    return Stream.concat(own, handedOut.flatMap(List::stream)).toList();
  }

  /** A description that lies in the documentation. */
  static String example(String name) {
    try {
      return Files.readString(Path.of("docs/examples", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabAnswer create(LabDesk desk, LabRequest request) {
    desk.requireSecret(request.header("x-api-key"));
    var token = request.header("idempotency-key");
    var known = token.flatMap(desk::named);
    if (known.isPresent()) {
      return LabAnswer.json(200, shown(desk, known.get()));
    }
    var body = request.json().only("model", "text", "seconds", "ratio", "first");
    if (!body.text("model").equals(MODEL)) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model does not exist");
    }
    body.find("ratio", "16:9", "9:16");
    body.findPicture("first", true);
    var seconds = body.findInt("seconds", 5, 10).orElse(5);
    var order =
        LabOrder.of("j-" + desk.serial(), MODEL, body.text("text"), seconds, body).named(token);
    return LabAnswer.json(200, shown(desk, desk.make(order)));
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    desk.requireSecret(request.header("x-api-key"));
    return LabAnswer.json(200, shown(desk, desk.look(request.part("id"))));
  }

  private static LabAnswer delete(LabDesk desk, LabRequest request) {
    desk.requireSecret(request.header("x-api-key"));
    return LabAnswer.json(200, shown(desk, desk.cancel(request.part("id"))));
  }

  private static ObjectNode shown(LabDesk desk, LabJob job) {
    var shown =
        JsonMapper.shared()
            .createObjectNode()
            .put("job", job.id())
            .put("state", state(job.phase()))
            .put("percent", job.percent());
    file(desk, job).ifPresent(file -> shown.put("file", file));
    return shown;
  }

  private static Optional<String> file(LabDesk desk, LabJob job) {
    return job.phase() == LabJob.Phase.SUCCEEDED
        ? Optional.of(desk.video(job).toString())
        : Optional.empty();
  }

  private static String state(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "waiting";
      case RUNNING -> "working";
      case ODD -> "hibernating";
      case SUCCEEDED, EMPTY -> "ready";
      case FAILED -> "broken";
      case REFUSED -> "refused";
      case CANCELED -> "stopped";
    };
  }

  @Override
  public Optional<LabCall> callback(LabDesk desk, LabJob job) {
    var said = JsonMapper.shared().createObjectNode().put("code", 200);
    said.set("data", KieDesk.shown(desk, job));
    return job.order().callback().map(to -> new LabCall(to, Map.of(), said.toString()));
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    return switch (refusal.kind()) {
      case CREDENTIAL -> error(401, "credential", refusal);
      case MALFORMED -> error(400, "malformed", refusal);
      case CONTENT -> error(400, "content", refusal);
      case NO_ROUTE -> error(404, "no_route", refusal);
      case NO_JOB -> error(404, "no_job", refusal);
      case NO_MODEL -> error(404, "no_model", refusal);
      case MONEY -> error(400, "no_money", refusal);
      case BUSY -> LabAnswer.with(error(429, "busy", refusal), "Retry-After", "1");
      case BROKEN -> error(500, "broken", refusal);
      case BUSINESS -> error(200, "malformed", refusal);
      case TOO_LATE -> error(409, "too_late", refusal);
    };
  }

  private static LabAnswer.Whole error(int status, String code, LabRefusal refusal) {
    var error = JsonMapper.shared().createObjectNode();
    return LabAnswer.json(status, error.put("code", code).put("why", refusal.message()));
  }
}
