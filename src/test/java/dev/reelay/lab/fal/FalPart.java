package dev.reelay.lab.fal;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The queue with two apps, Veo and Kling, whose inputs have other names: state and result are two
 * calls below the app's own path, a failed request is completed too, and webhooks carry an ED25519
 * signature.
 */
public final class FalPart implements LabPart {
  private static final Map<String, Set<String>> APPS =
      Map.of(
          "veo3.1", Set.of("", "/fast", "/fast/image-to-video"),
          "kling-video", Set.of("/v3/pro", "/v3/pro/image-to-video"));
  private static final String USER = "lab-user";
  private static final String KEYS_PATH = "/.well-known/jwks.json";
  private static final int KEY_BYTES = 32;
  private static final KeyPair KEYS = keys();

  @Override
  public String name() {
    return "fal";
  }

  @Override
  public Map<String, String> settings(URI base) {
    return Map.of("webhook_keys", base + KEYS_PATH);
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.get(KEYS_PATH, _ -> LabAnswer.json(200, jwks())),
        LabRoute.get("/fal-ai/{app}/requests/{id}/status", request -> status(desk, request)),
        LabRoute.get("/fal-ai/{app}/requests/{id}", request -> result(desk, request)),
        LabRoute.on("PUT", "/fal-ai/{app}/requests/{id}/cancel", request -> cancel(desk, request)),
        LabRoute.post("/fal-ai/{app}", request -> create(desk, request, "")),
        LabRoute.post(
            "/fal-ai/{app}/{rest...}",
            request -> create(desk, request, "/" + request.part("rest"))));
  }

  /** The second names its pictures otherwise, takes a last one, and a length as a text. */
  @Override
  public List<Channel> channels() {
    var kling =
        new Capability(
            List.of(5, 10),
            List.of(Resolution.P720),
            List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT, AspectRatio.SQUARE),
            List.of(true, false),
            new Capability.Pictures(true, true, 0));
    var settings =
        Map.of(
            "fields",
            "first_frame=start_image_url,last_frame=end_image_url,resolution=-,seed=-",
            "duration",
            "text");
    var model = "fal-ai/kling-video/v3/pro";
    return List.of(channel(), new Channel("", settings, SECRET, model, kling).speaking("fields"));
  }

  private static void requireKey(LabDesk desk, LabRequest request) {
    desk.requireSecret(
        request
            .header("authorization")
            .filter(value -> value.startsWith("Key "))
            .map(value -> value.substring("Key ".length())));
  }

  private static LabAnswer create(LabDesk desk, LabRequest request, String path) {
    requireKey(desk, request);
    var app = request.part("app");
    if (!APPS.getOrDefault(app, Set.of()).contains(path)) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "Application not found");
    }
    var body = request.json();
    var seconds = app.startsWith("veo") ? veo(body) : kling(body);
    var picture = app.startsWith("veo") ? "image_url" : "start_image_url";
    if (path.endsWith("image-to-video") != body.findPicture(picture, true).isPresent()) {
      throw LabRefusal.malformed(picture, "belongs to image-to-video, which needs it");
    }
    var order =
        LabOrder.of("q-" + desk.serial(), "fal-ai/" + app, body.text("prompt"), seconds, body);
    var job = desk.make(order.calling(request.parameter("fal_webhook")));
    return LabAnswer.json(200, state(desk, job).put("status", "IN_QUEUE"));
  }

  private static int veo(LabBody body) {
    body.only(
        "prompt",
        "duration",
        "aspect_ratio",
        "resolution",
        "generate_audio",
        "negative_prompt",
        "seed",
        "image_url");
    var seconds = body.find("duration", "4s", "6s", "8s").orElse("8s").replace("s", "");
    body.find("aspect_ratio", "16:9", "9:16");
    body.find("resolution", "720p", "1080p");
    body.findFlag("generate_audio");
    body.find("negative_prompt");
    body.findInt("seed");
    return Integer.parseInt(seconds);
  }

  private static int kling(LabBody body) {
    body.only(
        "prompt",
        "duration",
        "aspect_ratio",
        "generate_audio",
        "negative_prompt",
        "start_image_url",
        "end_image_url");
    body.find("aspect_ratio", "16:9", "9:16", "1:1");
    body.findFlag("generate_audio");
    body.find("negative_prompt");
    if (body.findPicture("end_image_url", true).isPresent() && !body.has("start_image_url")) {
      throw LabRefusal.malformed("end_image_url", "needs a start");
    }
    return Integer.parseInt(body.find("duration", "5", "10").orElse("5"));
  }

  private static LabAnswer status(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    var job = desk.look(request.part("id"));
    return LabAnswer.json(job.isFinal() ? 200 : 202, state(desk, job));
  }

  private static ObjectNode state(LabDesk desk, LabJob job) {
    var base = desk.baseUrl() + "/" + job.order().model() + "/requests/" + job.id();
    var state =
        JsonMapper.shared()
            .createObjectNode()
            .put("status", status(job.phase()))
            .put("request_id", job.id())
            .put("response_url", base)
            .put("status_url", base + "/status")
            .put("cancel_url", base + "/cancel");
    if (job.phase() == LabJob.Phase.QUEUED) {
      state.put("queue_position", 0);
    }
    return state;
  }

  private static String status(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "IN_QUEUE";
      case RUNNING -> "IN_PROGRESS";
      case ODD -> "HIBERNATING";
      case SUCCEEDED, EMPTY, FAILED, REFUSED, CANCELED -> "COMPLETED";
    };
  }

  private static LabAnswer result(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    return answer(desk, desk.get(request.part("id")));
  }

  private static LabAnswer.Whole answer(LabDesk desk, LabJob job) {
    return switch (job.phase()) {
      case QUEUED, RUNNING, ODD ->
          LabAnswer.json(400, "{\"detail\":\"Request is still in progress\"}");
      case SUCCEEDED -> LabAnswer.json(200, payload(desk, job));
      case EMPTY -> LabAnswer.json(200, "{\"seed\":7}");
      case FAILED -> detail(422, "The generation failed", "downstream_service_error");
      case REFUSED -> detail(422, "Content flagged by the checker", "content_policy_violation");
      case CANCELED -> detail(422, "The request was cancelled", "request_cancelled");
    };
  }

  private static ObjectNode payload(LabDesk desk, LabJob job) {
    var payload = JsonMapper.shared().createObjectNode();
    payload
        .putObject("video")
        .put("url", desk.video(job).toString())
        .put("content_type", "video/mp4")
        .put("file_name", "video.mp4");
    return payload;
  }

  private static LabAnswer cancel(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    desk.cancel(request.part("id"));
    return LabAnswer.json(202, "{\"status\":\"CANCELLATION_REQUESTED\"}");
  }

  @Override
  public Optional<LabCall> callback(LabDesk desk, LabJob job) {
    return job.order()
        .callback()
        .map(
            to -> {
              var ok = job.phase() == LabJob.Phase.SUCCEEDED;
              var message =
                  JsonMapper.shared()
                      .createObjectNode()
                      .put("request_id", job.id())
                      .put("gateway_request_id", job.id())
                      .put("status", ok ? "OK" : "ERROR");
              message.putNull("payload");
              if (ok) {
                message.set("payload", payload(desk, job));
              }
              var body = message.toString();
              var at = String.valueOf(desk.now().getEpochSecond());
              var headers =
                  Map.of(
                      "Content-Type",
                      "application/json",
                      "X-Fal-Webhook-Request-Id",
                      job.id(),
                      "X-Fal-Webhook-User-Id",
                      USER,
                      "X-Fal-Webhook-Timestamp",
                      at,
                      "X-Fal-Webhook-Signature",
                      signature(job.id(), at, body));
              return new LabCall(to, headers, body);
            });
  }

  /** The raw key is the end of the form that the JDK gives. */
  private static ObjectNode jwks() {
    var whole = KEYS.getPublic().getEncoded();
    var raw = Arrays.copyOfRange(whole, whole.length - KEY_BYTES, whole.length);
    var jwks = JsonMapper.shared().createObjectNode();
    jwks.putArray("keys")
        .addObject()
        .put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("x", Base64.getUrlEncoder().withoutPadding().encodeToString(raw));
    return jwks;
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  private static String signature(String id, String at, String body) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8));
      var signed = String.join("\n", id, USER, at, HexFormat.of().formatHex(hash));
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(KEYS.getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return HexFormat.of().formatHex(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519 and SHA-256", e);
    }
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    var why = refusal.message();
    return switch (refusal.kind()) {
      case CREDENTIAL -> sentence(401, why);
      case MALFORMED -> detail(422, why, "value_error");
      case CONTENT -> detail(422, why, "content_policy_violation");
      case NO_JOB -> sentence(404, "Request not found");
      case NO_ROUTE, NO_MODEL -> sentence(404, why);
      case MONEY -> sentence(403, "User is locked. Reason: Exhausted balance.");
      case BUSY ->
          LabAnswer.with(
              LabAnswer.json(
                  429,
                  "{\"detail\":\"Too many"
                      + " requests\",\"error_type\":\"concurrent_requests_limit\"}"),
              "Retry-After",
              "1");
      case BROKEN, BUSINESS -> sentence(500, why);
      case TOO_LATE -> LabAnswer.json(400, "{\"status\":\"ALREADY_COMPLETED\"}");
    };
  }

  private static LabAnswer.Whole sentence(int status, String why) {
    return LabAnswer.json(status, JsonMapper.shared().createObjectNode().put("detail", why));
  }

  private static LabAnswer.Whole detail(int status, String why, String type) {
    var answer = JsonMapper.shared().createObjectNode();
    var first = answer.putArray("detail").addObject().put("msg", why).put("type", type);
    first.putArray("loc").add("body");
    return LabAnswer.json(status, answer);
  }
}
