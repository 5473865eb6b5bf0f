package dev.reelay.lab.replicate;

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
import dev.reelay.lab.LabSigner;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Predictions of official models and of versions, with the input of a video model that refuses what
 * it does not know; webhooks signed by Standard Webhooks.
 */
public final class ReplicatePart implements LabPart {
  private static final int PAGE = 100;
  private static final String VERSION = "lab/video:0123456789abcdef";

  @Override
  public String name() {
    return "replicate";
  }

  @Override
  public Channel channel() {
    var model = card().models().getFirst();
    return new Channel("/v1", Map.of(), SECRET, model.upstream(), model.capability());
  }

  /** A version's input has references and sound besides. */
  @Override
  public List<Channel> channels() {
    var capability =
        new Capability(
            List.of(5, 10),
            List.of(Resolution.P720),
            List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT),
            List.of(true, false),
            new Capability.Pictures(true, true, 4));
    var settings =
        Map.of(
            "list",
            "complete",
            "fields",
            "references=reference_images,audio=generate_audio,negative_prompt=negative_prompt");
    var version = new Channel("/v1", settings, SECRET, VERSION, capability);
    return List.of(channel(), version.speaking("version"));
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post("/v1/models/{owner}/{name}/predictions", request -> create(desk, request)),
        LabRoute.post("/v1/predictions", request -> create(desk, request)),
        LabRoute.get("/v1/predictions", request -> list(desk, request)),
        LabRoute.get("/v1/predictions/{id}", request -> get(desk, request)),
        LabRoute.post("/v1/predictions/{id}/cancel", request -> cancel(desk, request)),
        LabRoute.get("/v1/webhooks/default/secret", request -> secret(desk, request)));
  }

  private LabAnswer create(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var body =
        request.json().only("input", "version", "stream", "webhook", "webhook_events_filter");
    var model = request.part("owner") + "/" + request.part("name");
    if (model.equals("/") && !body.text("version").equals(VERSION)) {
      throw LabRefusal.malformed("version", "there is no such version");
    }
    if (!model.equals("/") && !model.equals(channel().model())) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "The requested resource could not be found.");
    }
    var webhook = body.findPicture("webhook", false);
    var events = body.texts("webhook_events_filter");
    if (!List.of("start", "output", "logs", "completed").containsAll(events)) {
      throw LabRefusal.malformed("webhook_events_filter", "not an event");
    }
    var input = input(body.object("input"), model.equals("/"));
    var order =
        LabOrder.of(
            "p" + desk.serial(),
            model.equals("/") ? body.text("version") : model,
            input.text("prompt"),
            input.findInt("duration").orElse(5),
            body);
    return LabAnswer.json(201, shown(desk, desk.make(order.calling(webhook))));
  }

  private static LabBody input(LabBody input, boolean ofVersion) {
    var more = List.of("reference_images", "generate_audio", "negative_prompt");
    if (!ofVersion && more.stream().anyMatch(input::has)) {
      throw LabRefusal.malformed("input", "unknown field");
    }
    input.texts("reference_images");
    input.findFlag("generate_audio");
    input.find("negative_prompt");
    input.only(
        Stream.concat(
                Stream.of("prompt", "duration", "aspect_ratio", "resolution", "image", "seed"),
                Stream.concat(Stream.of("last_frame_image"), more.stream()))
            .toArray(String[]::new));
    input.findInt("duration", 5, 10);
    input.findInt("seed");
    input.find("aspect_ratio", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9");
    input.find("resolution", "480p", "720p", "1080p");
    input.findPicture("image", true);
    input.findPicture("last_frame_image", true);
    return input;
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    return LabAnswer.json(200, shown(desk, desk.look(request.part("id"))));
  }

  private static LabAnswer cancel(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var job = desk.get(request.part("id"));
    return LabAnswer.json(200, shown(desk, job.isFinal() ? job : desk.cancel(job.id())));
  }

  private static LabAnswer list(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    var from = request.parameter("cursor").map(Integer::valueOf).orElse(0);
    var all = desk.jobs();
    var to = Math.min(all.size(), from + PAGE);
    var answer = JsonMapper.shared().createObjectNode().putNull("previous");
    if (to < all.size()) {
      answer.put("next", desk.baseUrl() + "/v1/predictions?cursor=" + to);
    } else {
      answer.putNull("next");
    }
    var results = answer.putArray("results");
    all.subList(Math.min(from, to), to)
        .forEach(job -> results.add(shown(desk, job).without(List.of("input", "output"))));
    return LabAnswer.json(200, answer);
  }

  private static LabAnswer secret(LabDesk desk, LabRequest request) {
    desk.requireBearer(request);
    return LabAnswer.json(200, "{\"key\":\"" + LabSigner.STANDARD_SECRET + "\"}");
  }

  private static ObjectNode shown(LabDesk desk, LabJob job) {
    var shown =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", job.id())
            .put("model", job.order().model())
            .put("version", "hidden")
            .put("status", status(job.phase()))
            .put("created_at", job.madeAt().toString());
    shown.set("input", job.order().body().path("input"));
    shown.putNull("output").putNull("error");
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      shown.put("output", desk.video(job).toString());
    }
    fault(job.phase()).ifPresent(why -> shown.put("error", why));
    shown.putObject("metrics").put("predict_time", 1.5);
    shown
        .putObject("urls")
        .put("get", desk.baseUrl() + "/v1/predictions/" + job.id())
        .put("cancel", desk.baseUrl() + "/v1/predictions/" + job.id() + "/cancel");
    return shown;
  }

  private static String status(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "starting";
      case RUNNING -> "processing";
      case ODD -> "hibernating";
      case SUCCEEDED, EMPTY -> "succeeded";
      case FAILED, REFUSED -> "failed";
      case CANCELED -> "canceled";
    };
  }

  private static Optional<String> fault(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED, RUNNING, ODD, SUCCEEDED, EMPTY, CANCELED -> Optional.empty();
      case FAILED -> Optional.of("CUDA out of memory");
      case REFUSED -> Optional.of("The input or output was flagged. Please try again. (E005)");
    };
  }

  @Override
  public Optional<String> callbackSecret() {
    return Optional.of(LabSigner.STANDARD_SECRET);
  }

  @Override
  public Optional<LabCall> callback(LabDesk desk, LabJob job) {
    return job.order()
        .callback()
        .map(to -> LabSigner.standard(desk, job, to, shown(desk, job).toString()));
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    var why = refusal.message();
    return switch (refusal.kind()) {
      case CREDENTIAL -> problem(401, "Unauthenticated", why);
      case MALFORMED -> problem(422, "Input validation failed", why);
      case CONTENT -> problem(422, "Input validation failed", "The prompt is sensitive.");
      case NO_ROUTE, NO_JOB, NO_MODEL, TOO_LATE -> problem(404, "Not Found", why);
      case MONEY -> problem(402, "Insufficient credit", why);
      case BUSY ->
          LabAnswer.with(
              LabAnswer.json(
                  429, "{\"detail\":\"Request was throttled. Expected available in 1 second.\"}"),
              "Retry-After",
              "1");
      case BROKEN, BUSINESS -> problem(500, "Internal Server Error", why);
    };
  }

  private static LabAnswer problem(int status, String title, String detail) {
    return LabAnswer.json(
        status,
        JsonMapper.shared()
            .createObjectNode()
            .put("title", title)
            .put("detail", detail)
            .put("status", status));
  }
}
