package dev.reelay.lab.kling;

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
import dev.reelay.lab.LabSigner;
import dev.reelay.lab.LabWord;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Both generations over one shelf of jobs. Of the old one a job is known only at the address of its
 * kind, by its id or by the {@code external_task_id} of its create, which an account may use once.
 */
public final class KlingPart implements LabPart {
  private static final Duration RESULT_LIFE = Duration.ofDays(30);
  private static final List<String> KINDS =
      List.of("text2video", "image2video", "multi-image2video", "omni-video");
  private static final Map<String, String> JSON = Map.of("content-type", "application/json");
  private static final Optional<String> PROMPT = Optional.of("prompt");
  private static final String ACCESS_KEY = "lab-access";
  private static final String SECRET_KEY = "lab-secret-key-0123456789abcdef";

  @Override
  public String name() {
    return "kling";
  }

  /** The new generation leaves a lost job out of its answer, which is no verdict. */
  @Override
  public List<Channel> channels() {
    return card().models().stream()
        .map(channel()::making)
        .map(
            channel ->
                isOld(channel.model())
                    ? channel.withSecret(ACCESS_KEY + ":" + SECRET_KEY).speaking("old")
                    : channel.speaking("new", LabWord.LOST))
        .toList();
  }

  private static boolean isOld(String model) {
    return model.startsWith("kling-v");
  }

  /** A key as it is, or a token that its pair of keys has signed and whose time it is. */
  private static void requireKey(LabDesk desk, LabRequest request) {
    var token = request.header("authorization").orElse("").replace("Bearer ", "").split("\\.");
    if (token.length != 3) {
      desk.requireBearer(request);
      return;
    }
    var claims = LabBody.parse(new String(Base64.getUrlDecoder().decode(token[1]), UTF_8));
    var now = desk.now().getEpochSecond();
    if (!token[2].equals(signature(token[0] + "." + token[1]))
        || !claims.text("iss").equals(ACCESS_KEY)
        || claims.tree().path("nbf").asLong() > now
        || claims.tree().path("exp").asLong() < now) {
      throw LabRefusal.of(LabRefusal.Kind.CREDENTIAL, "the token is not valid");
    }
  }

  private static String signature(String signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET_KEY.getBytes(UTF_8), "HmacSHA256"));
      var bytes = mac.doFinal(signed.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  @Override
  public Duration resultLife() {
    return RESULT_LIFE;
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    var now =
        Stream.of(
            LabRoute.post("/text-to-video/{model}", request -> create(desk, request, false)),
            LabRoute.post("/image-to-video/{model}", request -> create(desk, request, true)),
            LabRoute.get("/tasks", request -> tasks(desk, request)));
    var old =
        KINDS.stream()
            .flatMap(
                kind ->
                    Stream.of(
                        LabRoute.post(
                            "/v1/videos/" + kind, request -> createOld(desk, request, kind)),
                        LabRoute.get(
                            "/v1/videos/" + kind + "/{id}",
                            request -> getOld(desk, request, kind))));
    return Stream.concat(now, old).toList();
  }

  private static LabAnswer create(LabDesk desk, LabRequest request, boolean pictures) {
    requireKey(desk, request);
    var model = known(request.part("model"), !isOld(request.part("model")));
    var body = request.json().only(pictures ? "contents" : "prompt", "settings", "options");
    var settings = body.object("settings").only("resolution", "aspect_ratio", "duration", "audio");
    settings.find("resolution", "720p", "1080p", "4k");
    settings.find("audio", "native", "off", "original");
    var options = body.object("options").only("callback_url", "external_task_id", "watermark_info");
    var prompt = pictures ? prompt(body) : body.text("prompt");
    var seconds = settings.findInt("duration").orElse(5);
    var order = LabOrder.of(String.valueOf(8800 + desk.serial()), model, prompt, seconds, body);
    return done(shown(desk, make(desk, order, options)));
  }

  private static String prompt(LabBody body) {
    var contents = body.objects("contents");
    contents.stream()
        .filter(item -> !item.find("type", "prompt", "first_frame", "last_frame").equals(PROMPT))
        .forEach(item -> item.findPicture("url", false));
    return contents.stream()
        .filter(item -> item.find("type").equals(PROMPT))
        .findFirst()
        .orElseThrow(() -> LabRefusal.malformed("contents", "there is no prompt"))
        .text("text");
  }

  private static LabAnswer createOld(LabDesk desk, LabRequest request, String kind) {
    requireKey(desk, request);
    var body = request.json();
    var model = known(body.text("model_name"), isOld(body.text("model_name")));
    body.find("mode", "std", "pro");
    body.find("sound", "on", "off");
    var seconds = body.find("duration").map(Integer::valueOf).orElse(5);
    for (var field : List.of("image", "image_tail")) {
      if (body.find(field).filter(text -> text.startsWith("data:")).isPresent()) {
        throw LabRefusal.malformed(field, "Base64 comes without a prefix");
      }
    }
    var id = kind + "-" + desk.serial();
    return done(
        shownOld(
            desk, make(desk, LabOrder.of(id, model, body.text("prompt"), seconds, body), body)));
  }

  private static String known(String model, boolean here) {
    if (!here || !model.startsWith("kling-")) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model does not exist");
    }
    return model;
  }

  /** Their own name of a job is to be used once in an account. */
  private static LabJob make(LabDesk desk, LabOrder order, LabBody options) {
    var reference = options.find("external_task_id");
    if (reference.flatMap(desk::named).isPresent()) {
      throw LabRefusal.malformed("external_task_id", "it was used before");
    }
    return desk.make(order.named(reference).calling(options.findPicture("callback_url", false)));
  }

  private static LabAnswer tasks(LabDesk desk, LabRequest request) {
    requireKey(desk, request);
    var found =
        Stream.concat(
            ids(request, "task_ids").flatMap(id -> desk.lookIfThere(id).stream()),
            ids(request, "external_task_ids").flatMap(name -> desk.lookUp(name).stream()));
    var answer = ok();
    var data = answer.putArray("data");
    found.forEach(job -> data.add(shown(desk, job)));
    return LabAnswer.json(200, answer);
  }

  private static Stream<String> ids(LabRequest request, String parameter) {
    return request.parameter(parameter).stream().flatMap(text -> Stream.of(text.split(",")));
  }

  private static LabAnswer getOld(LabDesk desk, LabRequest request, String kind) {
    requireKey(desk, request);
    var id = request.part("id");
    var job = desk.lookUp(id).orElseGet(() -> desk.look(id));
    if (!job.id().startsWith(kind + "-")) {
      throw LabRefusal.of(LabRefusal.Kind.NO_JOB, "task not found");
    }
    return done(shownOld(desk, job));
  }

  private static ObjectNode ok() {
    return JsonMapper.shared().createObjectNode().put("code", 0).put("message", "SUCCEED");
  }

  private static LabAnswer done(ObjectNode data) {
    var answer = ok();
    answer.set("data", data);
    return LabAnswer.json(200, answer);
  }

  private static ObjectNode shown(LabDesk desk, LabJob job) {
    var shown =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", job.id())
            .put("status", status(job.phase(), "succeeded"))
            .put("create_time", job.madeAt().toEpochMilli());
    job.order().reference().ifPresent(name -> shown.put("external_task_id", name));
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      var output = shown.putArray("outputs").addObject();
      output.put("type", "video").put("url", desk.video(job).toString());
      shown.putArray("billing").addObject().put("charge_type", "unit").put("amount", "0.6");
    }
    fault(job.phase()).ifPresent(why -> shown.put("message", why));
    return shown;
  }

  private static ObjectNode shownOld(LabDesk desk, LabJob job) {
    var shown =
        JsonMapper.shared()
            .createObjectNode()
            .put("task_id", job.id())
            .put("task_status", status(job.phase(), "succeed"))
            .put("created_at", job.madeAt().toEpochMilli());
    var info = shown.putObject("task_info");
    job.order().reference().ifPresent(name -> info.put("external_task_id", name));
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      var videos = shown.putObject("task_result").putArray("videos");
      videos.addObject().put("id", "v1").put("url", desk.video(job).toString());
    }
    fault(job.phase()).ifPresent(why -> shown.put("task_status_msg", why));
    return shown;
  }

  private static String status(LabJob.Phase phase, String done) {
    return switch (phase) {
      case QUEUED -> "submitted";
      case RUNNING -> "processing";
      case ODD -> "dozing";
      case SUCCEEDED, EMPTY -> done;
      case FAILED, REFUSED, CANCELED -> "failed";
    };
  }

  private static Optional<String> fault(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED, RUNNING, ODD, SUCCEEDED, EMPTY -> Optional.empty();
      case FAILED, CANCELED -> Optional.of("generation failed");
      case REFUSED -> Optional.of("Failure to pass the risk control system");
    };
  }

  @Override
  public Optional<String> callbackSecret() {
    return Optional.of(LabSigner.STANDARD_SECRET);
  }

  /** Only the new generation signs. */
  @Override
  public Optional<LabCall> callback(LabDesk desk, LabJob job) {
    var old = KINDS.stream().anyMatch(kind -> job.id().startsWith(kind + "-"));
    return job.order()
        .callback()
        .map(
            to ->
                old
                    ? new LabCall(to, JSON, shownOld(desk, job).toString())
                    : LabSigner.standard(desk, job, to, shown(desk, job).toString()));
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    return switch (refusal.kind()) {
      case CREDENTIAL -> problem(401, 1000, refusal);
      case MALFORMED, TOO_LATE -> problem(400, 1201, refusal);
      case CONTENT -> problem(400, 1301, refusal);
      case NO_ROUTE -> problem(404, 1202, refusal);
      case NO_JOB, NO_MODEL -> problem(404, 1203, refusal);
      case MONEY -> problem(429, 1102, refusal);
      case BUSY -> LabAnswer.with(problem(429, 1302, refusal), "Retry-After", "1");
      case BROKEN -> problem(500, 5000, refusal);
      case BUSINESS -> problem(200, 5001, refusal);
    };
  }

  private static LabAnswer.Whole problem(int status, int code, LabRefusal refusal) {
    return LabAnswer.json(
        status,
        JsonMapper.shared()
            .createObjectNode()
            .put("code", code)
            .put("message", refusal.message())
            .put("request_id", "r1"));
  }
}
