package dev.reelay.lab.gemini;

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
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Interactions and long-running operations; files of its own, only for those with the key. */
public final class GeminiPart implements LabPart {
  private static final int SECONDS_MIN = 3;
  private static final int SECONDS_MAX = 10;
  private static final int TOKENS_PER_SECOND = 5_792;

  @Override
  public String name() {
    return "gemini";
  }

  /** Files stand at the provider itself, for two days: longer than any test looks. */
  @Override
  public Set<LabWord> without() {
    return Set.of(LabWord.EXPIRED);
  }

  /** An operation has no state but done, and one without a video was filtered. */
  @Override
  public List<Channel> channels() {
    return card().models().stream()
        .map(channel()::making)
        .map(
            channel ->
                channel.model().contains("omni")
                    ? channel.speaking("omni")
                    : channel.speaking("veo", LabWord.NO_VIDEO, LabWord.UNKNOWN_WORD))
        .toList();
  }

  /** An operation is never stopped. */
  @Override
  public Set<LabJob.Phase> cancelable(Channel channel) {
    return channel.dialect().equals("veo") ? Set.of() : LabPart.super.cancelable(channel);
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post("/v1beta/interactions", request -> interact(desk, request)),
        LabRoute.get("/v1beta/interactions/{id}", request -> interaction(desk, request)),
        LabRoute.post("/v1beta/interactions/{id}/cancel", request -> cancel(desk, request)),
        LabRoute.post(
            "/v1beta/models/{model}:predictLongRunning", request -> operate(desk, request)),
        LabRoute.get("/v1beta/models/{model}/operations/{id}", request -> operation(desk, request)),
        LabRoute.get("/v1beta/files/{id}:download", request -> download(desk, request)),
        LabRoute.get("/v1beta/files/{id}", request -> file(desk, request)));
  }

  private static void requireKey(LabDesk desk, LabRequest request) {
    desk.requireSecret(request.header("x-goog-api-key"));
  }

  private static LabAnswer interact(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    var body =
        request
            .json()
            .only("model", "background", "store", "input", "generation_config", "response_format");
    if (!body.text("model").startsWith("gemini-omni")) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model is not found");
    }
    body.findFlag("background");
    body.findFlag("store");
    body.object("generation_config")
        .object("video_config")
        .find("task", "text_to_video", "image_to_video", "reference_to_video");
    var format =
        body.object("response_format")
            .only("type", "aspect_ratio", "resolution", "duration", "delivery");
    format.find("resolution", "360p", "720p", "1080p", "4k");
    format.find("delivery", "uri", "inline");
    var lengths =
        IntStream.rangeClosed(SECONDS_MIN, SECONDS_MAX)
            .mapToObj(seconds -> seconds + "s")
            .toArray(String[]::new);
    var length = format.find("duration", lengths).orElse("8s");
    var order =
        LabOrder.of(
            "int" + desk.serial(),
            body.text("model"),
            prompt(body),
            Integer.parseInt(length.replace("s", "")),
            body);
    return LabAnswer.json(200, shown(desk, desk.make(order)));
  }

  private static String prompt(LabBody body) {
    var prompt = "";
    for (var part : body.objects("input")) {
      if (part.find("type", "text", "image").filter("text"::equals).isPresent()) {
        prompt = part.only("type", "text").text("text");
      } else {
        requirePicture(part.only("type", "mime_type", "data"), "mime_type", "data");
      }
    }
    return prompt;
  }

  private static void requirePicture(LabBody picture, String typeField, String bytesField) {
    picture.find(typeField, "image/png", "image/jpeg", "image/webp");
    if (!picture.text(bytesField).matches("[A-Za-z0-9+/]+={0,2}")) {
      throw LabRefusal.malformed(bytesField, "not base64");
    }
  }

  private static LabAnswer interaction(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    return LabAnswer.json(200, shown(desk, desk.look(request.part("id"))));
  }

  private static LabAnswer cancel(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    return LabAnswer.json(200, shown(desk, desk.cancel(request.part("id"))));
  }

  private static ObjectNode shown(LabDesk desk, LabJob job) {
    var shown =
        JsonMapper.shared().createObjectNode().put("id", job.id()).put("status", status(job));
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      shown
          .putArray("steps")
          .addObject()
          .put("type", "model_output")
          .putArray("content")
          .addObject()
          .put("type", "video")
          .put("mime_type", "video/mp4")
          .put("uri", desk.baseUrl() + "/v1beta/files/" + job.id());
      shown
          .putObject("usage")
          .put("total_output_tokens", job.order().seconds() * TOKENS_PER_SECOND);
    }
    putFault(shown, job.phase());
    return shown;
  }

  private static String status(LabJob job) {
    return switch (job.phase()) {
      case QUEUED -> "queued";
      case RUNNING -> "in_progress";
      case ODD -> "requires_thought";
      case SUCCEEDED, EMPTY -> "completed";
      case FAILED, REFUSED -> "failed";
      case CANCELED -> "cancelled";
    };
  }

  private static void putFault(ObjectNode shown, LabJob.Phase phase) {
    switch (phase) {
      case QUEUED, RUNNING, ODD, SUCCEEDED, EMPTY, CANCELED -> {}
      case FAILED -> shown.putObject("error").put("code", 13).put("message", "Internal error.");
      case REFUSED ->
          shown.putObject("error").put("code", 3).put("message", "The output was blocked.");
    }
  }

  private static LabAnswer operate(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    var model = request.part("model");
    if (!model.startsWith("veo-3.1")) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model is not found");
    }
    var body = request.json().only("instances", "parameters");
    var instance =
        body.objects("instances")
            .getFirst()
            .only("prompt", "image", "lastFrame", "referenceImages");
    instance
        .findObject("image")
        .ifPresent(image -> requirePicture(image, "mimeType", "bytesBase64Encoded"));
    var parameters =
        body.object("parameters")
            .only("aspectRatio", "resolution", "durationSeconds", "sampleCount", "negativePrompt");
    instance
        .findObject("lastFrame")
        .ifPresent(image -> requirePicture(image, "mimeType", "bytesBase64Encoded"));
    for (var reference : instance.objects("referenceImages")) {
      reference.only("image", "referenceType").find("referenceType", "asset");
      requirePicture(reference.object("image"), "mimeType", "bytesBase64Encoded");
    }
    parameters.find("aspectRatio", "16:9", "9:16");
    parameters.find("negativePrompt");
    var small = parameters.find("resolution", "720p", "1080p", "4k").filter("720p"::equals);
    var seconds = parameters.findInt("durationSeconds", 4, 6, 8).orElse(8);
    if (seconds < 8 && (small.isEmpty() || instance.tree().has("referenceImages"))) {
      throw LabRefusal.malformed("durationSeconds", "has to be 8 here");
    }
    var order = LabOrder.of("op" + desk.serial(), model, instance.text("prompt"), seconds, body);
    return LabAnswer.json(200, named(desk.make(order)));
  }

  private static ObjectNode named(LabJob job) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("name", "models/" + job.order().model() + "/operations/" + job.id());
  }

  private static LabAnswer operation(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    var job = desk.look(request.part("id"));
    var shown = named(job);
    switch (job.phase()) {
      case QUEUED, RUNNING, ODD -> {}
      case SUCCEEDED ->
          shown
              .put("done", true)
              .putObject("response")
              .putObject("generateVideoResponse")
              .putArray("generatedSamples")
              .addObject()
              .putObject("video")
              .put("uri", desk.baseUrl() + "/v1beta/files/" + job.id() + ":download?alt=media");
      case EMPTY, REFUSED ->
          shown
              .put("done", true)
              .putObject("response")
              .putObject("generateVideoResponse")
              .put("raiMediaFilteredCount", 1);
      case FAILED, CANCELED ->
          shown.put("done", true).putObject("error").put("code", 13).put("message", "Internal.");
    }
    return LabAnswer.json(200, shown);
  }

  private static LabAnswer file(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    var job = desk.get(request.part("id"));
    return LabAnswer.json(
        200,
        JsonMapper.shared()
            .createObjectNode()
            .put("name", "files/" + job.id())
            .put("state", "ACTIVE"));
  }

  /** A download may bring the key in its address, as links in a browser do. */
  private static LabAnswer download(LabDesk desk, LabRequest request) {
    desk.requireSecret(request.header("x-goog-api-key").or(() -> request.parameter("key")));
    return LabAnswer.file("video/mp4", desk.videoBytes(desk.get(request.part("id"))));
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    var why = refusal.message();
    return switch (refusal.kind()) {
      case CREDENTIAL -> problem(400, "INVALID_ARGUMENT", "API key not valid.");
      case MALFORMED -> problem(400, "INVALID_ARGUMENT", why);
      case CONTENT -> problem(400, "INVALID_ARGUMENT", "The prompt was blocked.");
      case MONEY -> problem(429, "RESOURCE_EXHAUSTED", "The spend cap of the project is reached.");
      case NO_MODEL, NO_JOB -> problem(404, "NOT_FOUND", why);
      case NO_ROUTE -> LabAnswer.text(404, "text/html", "<html>not here</html>");
      case TOO_LATE -> problem(400, "FAILED_PRECONDITION", why);
      case BUSY -> problem(429, "RESOURCE_EXHAUSTED", "Too many requests.");
      case BROKEN, BUSINESS -> problem(503, "UNAVAILABLE", why);
    };
  }

  private static LabAnswer problem(int status, String word, String why) {
    var answer = JsonMapper.shared().createObjectNode();
    answer.putObject("error").put("code", status).put("message", why).put("status", word);
    return LabAnswer.json(status, answer);
  }
}
