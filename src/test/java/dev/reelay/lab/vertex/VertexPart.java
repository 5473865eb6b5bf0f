package dev.reelay.lab.vertex;

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
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Veo operations of one project, for those whom its own token endpoint let in. A video stands in
 * the answer, or in the bucket that the create named, which this part plays too.
 */
public final class VertexPart implements LabPart {
  private static final String PROJECT = "lab-project";
  private static final String MODELS =
      "/v1/projects/" + PROJECT + "/locations/us-central1/publishers/google/models/";
  private static final String SEED_MAX = "4294967295";

  @Override
  public String name() {
    return "vertex";
  }

  /** Nothing has an address that dies. */
  @Override
  public Set<LabWord> without() {
    return Set.of(LabWord.EXPIRED);
  }

  @Override
  public Channel channel() {
    var model = card().models().getFirst();
    return new Channel(
        "", Map.of("project", PROJECT), LabAccount.file(), model.upstream(), model.capability());
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post("/token", request -> token(desk, request)),
        LabRoute.post(MODELS + "{model}:predictLongRunning", request -> operate(desk, request)),
        LabRoute.post(
            MODELS + "{model}:fetchPredictOperation", request -> operation(desk, request)),
        LabRoute.get("/storage/{bucket}/{file...}", request -> stored(desk, request)));
  }

  private static LabAnswer token(LabDesk desk, LabRequest request) {
    var here = URI.create(desk.baseUrl() + "/token");
    var refusal = LabAccount.refusal(request.text(), here, desk.now());
    var answer = JsonMapper.shared().createObjectNode();
    if (refusal.isPresent()) {
      answer.put("error", "invalid_grant").put("error_description", refusal.get());
      return LabAnswer.json(400, answer);
    }
    answer
        .put("access_token", LabAccount.token(desk.now()))
        .put("expires_in", LabAccount.TOKEN_LIFE.toSeconds())
        .put("token_type", "Bearer");
    return LabAnswer.json(200, answer);
  }

  private static void requireToken(LabDesk desk, LabRequest request) {
    var token = request.header("authorization").orElse("").replaceFirst("^Bearer ", "");
    if (!LabAccount.isGood(token, desk.now())) {
      throw LabRefusal.of(LabRefusal.Kind.CREDENTIAL, "the token is not good");
    }
  }

  private static LabAnswer operate(LabDesk desk, LabRequest request) {
    requireToken(desk, request);
    var model = request.part("model");
    if (!model.matches("veo-3\\.1(-fast|-lite)?-generate-001")) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "Publisher Model " + model + " was not found");
    }
    var body = request.json().only("instances", "parameters");
    var instance =
        body.objects("instances")
            .getFirst()
            .only("prompt", "image", "lastFrame", "referenceImages");
    instance.findObject("image").ifPresent(VertexPart::requirePicture);
    instance.findObject("lastFrame").ifPresent(VertexPart::requirePicture);
    for (var reference : instance.objects("referenceImages")) {
      reference.find("referenceType", "asset");
      requirePicture(reference.object("image"));
    }
    var seconds = seconds(body.object("parameters"));
    var order = LabOrder.of("op" + desk.serial(), model, instance.text("prompt"), seconds, body);
    return LabAnswer.json(200, named(desk.make(order)));
  }

  private static void requirePicture(LabBody picture) {
    picture.only("mimeType", "bytesBase64Encoded").find("mimeType", "image/png", "image/jpeg");
    if (!picture.text("bytesBase64Encoded").matches("[A-Za-z0-9+/]+={0,2}")) {
      throw LabRefusal.malformed("bytesBase64Encoded", "not base64");
    }
  }

  private static int seconds(LabBody parameters) {
    parameters.only(
        "aspectRatio",
        "resolution",
        "durationSeconds",
        "sampleCount",
        "negativePrompt",
        "generateAudio",
        "seed",
        "enhancePrompt",
        "storageUri");
    parameters.find("aspectRatio", "16:9", "9:16");
    parameters.find("resolution", "720p", "1080p");
    parameters.findInt("sampleCount", 1, 2, 3, 4);
    parameters.findFlag("generateAudio");
    parameters.findFlag("enhancePrompt");
    var seed = parameters.tree().at("/seed");
    if (!seed.isMissingNode()
        && (!seed.isIntegralNumber() || seed.asLong() > Long.parseLong(SEED_MAX))) {
      throw LabRefusal.malformed("seed", "not a whole number up to " + SEED_MAX);
    }
    if (parameters.find("storageUri").filter(uri -> !uri.startsWith("gs://")).isPresent()) {
      throw LabRefusal.malformed("storageUri", "not a gs:// address");
    }
    return parameters.findInt("durationSeconds", 4, 6, 8).orElse(8);
  }

  private static ObjectNode named(LabJob job) {
    return JsonMapper.shared()
        .createObjectNode()
        .put(
            "name",
            MODELS.substring("/v1/".length()) + job.order().model() + "/operations/" + job.id());
  }

  private static LabAnswer operation(LabDesk desk, LabRequest request) {
    requireToken(desk, request);
    var name = request.json().only("operationName").text("operationName");
    var under = MODELS.substring("/v1/".length()) + request.part("model") + "/operations/";
    if (!name.startsWith(under)) {
      throw LabRefusal.malformed("operationName", "not one of this model");
    }
    var job = desk.look(name.substring(under.length()));
    var shown = named(job);
    switch (job.phase()) {
      case QUEUED, RUNNING, ODD -> {}
      case SUCCEEDED -> putVideo(response(shown), desk, job);
      case EMPTY -> response(shown).putArray("videos").addObject().put("mimeType", "video/mp4");
      case REFUSED ->
          response(shown)
              .put("raiMediaFilteredCount", 1)
              .putArray("raiMediaFilteredReasons")
              .add("The output was blocked.");
      case FAILED, CANCELED ->
          shown.put("done", true).putObject("error").put("code", 13).put("message", "Internal.");
    }
    return LabAnswer.json(200, shown);
  }

  private static ObjectNode response(ObjectNode shown) {
    return shown.put("done", true).putObject("response");
  }

  private static void putVideo(ObjectNode response, LabDesk desk, LabJob job) {
    var video = response.putArray("videos").addObject();
    var folder = job.order().body().at("/parameters/storageUri").asString("");
    if (folder.isEmpty()) {
      video.put("bytesBase64Encoded", Base64.getEncoder().encodeToString(desk.videoBytes(job)));
    } else {
      video.put("gcsUri", folder + (folder.endsWith("/") ? "" : "/") + job.id() + "/sample 0.mp4");
    }
    video.put("mimeType", "video/mp4");
    response.put("raiMediaFilteredCount", 0);
  }

  private static LabAnswer stored(LabDesk desk, LabRequest request) {
    requireToken(desk, request);
    var pieces = request.part("file").split("/");
    if (pieces.length < 2 || !pieces[pieces.length - 1].equals("sample 0.mp4")) {
      throw LabRefusal.of(LabRefusal.Kind.NO_JOB, "The specified key does not exist.");
    }
    return LabAnswer.file("video/mp4", desk.videoBytes(desk.get(pieces[pieces.length - 2])));
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    var why = refusal.message();
    return switch (refusal.kind()) {
      case CREDENTIAL ->
          problem(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
      case MALFORMED -> problem(400, "INVALID_ARGUMENT", why);
      case CONTENT ->
          problem(400, "INVALID_ARGUMENT", "The prompt violates Vertex AI's usage guidelines.");
      case MONEY -> problem(403, "PERMISSION_DENIED", "This project has billing disabled.");
      case NO_MODEL, NO_JOB -> problem(404, "NOT_FOUND", why);
      case NO_ROUTE -> LabAnswer.text(404, "text/html", "<html>not here</html>");
      case TOO_LATE -> problem(400, "FAILED_PRECONDITION", why);
      case BUSY -> problem(429, "RESOURCE_EXHAUSTED", "Quota exceeded.");
      case BROKEN, BUSINESS -> problem(503, "UNAVAILABLE", why);
    };
  }

  private static LabAnswer problem(int status, String word, String why) {
    var answer = JsonMapper.shared().createObjectNode();
    answer.putObject("error").put("code", status).put("message", why).put("status", word);
    return LabAnswer.json(status, answer);
  }
}
