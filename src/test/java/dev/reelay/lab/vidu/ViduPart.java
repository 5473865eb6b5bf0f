package dev.reelay.lab.vidu;

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
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates at an address for each use of pictures, each with as many as belong there. Its callbacks
 * are not signed here: how the vendor signs is not known for sure.
 */
public final class ViduPart implements LabPart {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Duration RESULT_LIFE = Duration.ofHours(24);
  private static final int REFERENCES_MAX = 7;
  private static final int CREDITS = 20;
  private static final String TOKEN = "Token ";

  @Override
  public String name() {
    return "vidu";
  }

  @Override
  public Duration resultLife() {
    return RESULT_LIFE;
  }

  @Override
  public List<LabRoute> routes(LabDesk desk) {
    return List.of(
        LabRoute.post("/ent/v2/text2video", request -> create(desk, request, 0, 0)),
        LabRoute.post("/ent/v2/img2video", request -> create(desk, request, 1, 1)),
        LabRoute.post("/ent/v2/start-end2video", request -> create(desk, request, 2, 2)),
        LabRoute.post(
            "/ent/v2/reference2video", request -> create(desk, request, 1, REFERENCES_MAX)),
        LabRoute.get("/ent/v2/tasks/{id}/creations", request -> get(desk, request)),
        LabRoute.post("/ent/v2/tasks/{id}/cancel", request -> cancel(desk, request)));
  }

  private static void requireToken(LabDesk desk, LabRequest request) {
    desk.requireSecret(
        request
            .header("authorization")
            .filter(value -> value.startsWith(TOKEN))
            .map(value -> value.substring(TOKEN.length())));
  }

  private LabAnswer create(LabDesk desk, LabRequest request, int least, int most) {
    requireToken(desk, request);
    var body =
        request
            .json()
            .only(
                "model",
                "prompt",
                "images",
                "duration",
                "resolution",
                "aspect_ratio",
                "seed",
                "off_peak",
                "payload",
                "callback_url");
    requirePictures(body, least, most);
    body.find("resolution", "540p", "720p", "1080p");
    body.find("aspect_ratio", "16:9", "9:16", "1:1");
    body.findInt("seed");
    body.findFlag("off_peak");
    var order =
        LabOrder.of(
                "v-" + desk.serial(),
                model(body),
                body.text("prompt"),
                body.findInt("duration").orElse(5),
                body)
            .calling(body.findPicture("callback_url", false));
    var job = desk.make(order);
    return LabAnswer.json(
        200,
        JsonMapper.shared()
            .createObjectNode()
            .put("task_id", job.id())
            .put("state", "created")
            .put("model", order.model())
            .put("credits", CREDITS)
            .put("created_at", job.madeAt().toString()));
  }

  private static String model(LabBody body) {
    var model = body.text("model");
    if (!model.startsWith("viduq")) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "there is no such model");
    }
    return model;
  }

  private static void requirePictures(LabBody body, int least, int most) {
    var images = body.texts("images");
    if (images.size() < least || images.size() > most) {
      throw LabRefusal.malformed("images", "there have to be " + least + " to " + most);
    }
    if (images.stream().anyMatch(image -> !image.startsWith("http") && !isData(image))) {
      throw LabRefusal.malformed("images", "no picture");
    }
  }

  private static boolean isData(String image) {
    return image.startsWith("data:image/");
  }

  private static LabAnswer get(LabDesk desk, LabRequest request) {
    requireToken(desk, request);
    return LabAnswer.json(200, shown(desk, desk.look(request.part("id"))));
  }

  private static LabAnswer cancel(LabDesk desk, LabRequest request) {
    requireToken(desk, request);
    if (!request.json().only("id").text("id").equals(request.part("id"))) {
      throw LabRefusal.malformed("id", "not that of the address");
    }
    desk.cancel(request.part("id"));
    return LabAnswer.json(200, "{}");
  }

  private static ObjectNode shown(LabDesk desk, LabJob job) {
    var shown =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", job.id())
            .put("state", state(job.phase()))
            .put("err_code", word(job.phase()))
            .put("credits", job.phase() == LabJob.Phase.SUCCEEDED ? CREDITS : 0)
            .put("payload", job.order().body().path("payload").asString(""));
    var creations = shown.putArray("creations");
    if (job.phase() == LabJob.Phase.SUCCEEDED) {
      creations.addObject().put("id", "c-" + job.id()).put("url", desk.video(job).toString());
    }
    return shown;
  }

  private static String state(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED -> "queueing";
      case RUNNING -> "processing";
      case ODD -> "pondering";
      case SUCCEEDED, EMPTY -> "success";
      case FAILED, REFUSED, CANCELED -> "failed";
    };
  }

  private static String word(LabJob.Phase phase) {
    return switch (phase) {
      case QUEUED, RUNNING, ODD, SUCCEEDED, EMPTY -> "";
      case FAILED -> "InternalServiceFailure";
      case REFUSED -> "CreationPolicyViolation";
      case CANCELED -> "UserCancelled";
    };
  }

  @Override
  public Optional<LabCall> callback(LabDesk desk, LabJob job) {
    return job.order()
        .callback()
        .map(to -> new LabCall(to, signed(desk, job, to), shown(desk, job).toString()));
  }

  /** The address and the time are signed with the account's own key, and not the body. */
  private static Map<String, String> signed(LabDesk desk, LabJob job, URI to) {
    var date = DATE.format(desk.now());
    var query = Optional.ofNullable(to.getRawQuery()).orElse("");
    var text =
        "POST\n%s\n%s\nvidu\n%s\n".formatted(to.getRawPath(), query, date)
            + "Date:%s\nx-request-nonce:%s\n".formatted(date, job.id());
    return Map.of(
        "content-type",
        "application/json",
        "Date",
        date,
        "x-request-nonce",
        job.id(),
        "X-HMAC-SIGNED-HEADERS",
        "Date;x-request-nonce",
        "X-HMAC-ALGORITHM",
        "hmac-sha256",
        "X-HMAC-ACCESS-KEY",
        "vidu",
        "X-HMAC-SIGNATURE",
        LabSigner.hmac(SECRET.getBytes(UTF_8), text));
  }

  @Override
  public LabAnswer refuse(LabRefusal refusal) {
    var why = refusal.message();
    return switch (refusal.kind()) {
      case CREDENTIAL -> problem(401, "Unauthorized", why);
      case MALFORMED -> problem(400, "FieldInvalid", why);
      case CONTENT -> problem(400, "AuditSubmitIllegal", why);
      case MONEY -> problem(400, "CreditInsufficient", why);
      case NO_MODEL -> problem(400, "ModelUnavailable", why);
      case NO_ROUTE -> problem(404, "NotFound", why);
      case NO_JOB -> problem(404, "TaskNotFound", why);
      case TOO_LATE -> problem(400, "TaskNotCancellable", why);
      case BUSY -> problem(429, "TooManyRequests", why);
      case BROKEN, BUSINESS -> problem(500, "InternalServiceFailure", why);
    };
  }

  private static LabAnswer problem(int status, String reason, String why) {
    return LabAnswer.json(
        status,
        JsonMapper.shared()
            .createObjectNode()
            .put("code", status)
            .put("reason", reason)
            .put("message", why));
  }
}
