package dev.reelay.provider.openai;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Job;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Creates a job: one call. */
record OpenAiSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  private static final String PICTURE = "input_reference";
  private static final String PICTURE_URL = "image_url";
  private static final String VIDEOS = "reference_videos";
  private static final String AUDIOS = "reference_audios";
  private static final String[] IDS = {"/id", "/task_id", "/data/id", "/data/task_id", "/video_id"};

  @Override
  public Step<SubmitOutcome> begin() {
    if (submission.pictures().size() > 1) {
      return rejected(ErrorCode.UPSTREAM_REJECTED, "this provider takes one picture", false);
    }
    var settings = OpenAiSettings.of(context);
    var call = create(settings).with("Accept", "application/json");
    var told = settings.honoursTokens() ? call.with("Idempotency-Key", submission.token()) : call;
    return new Step.Send<>(told, new Step.NoState(), true);
  }

  private Call create(OpenAiSettings settings) {
    var credential = settings.credential(context);
    var parent = request().extras().parent();
    if (parent.isPresent()) {
      return remix(settings.remix(context, parent.get().upstreamId()), credential, settings);
    }
    var uri = settings.videos(context);
    return settings.sendsForms()
        ? Call.postForm(uri, credential, form(settings))
        : Call.postJson(uri, credential, json(settings));
  }

  /** Everything but the prompt is taken from the video that it is made from. */
  private Call remix(URI uri, Call.SecretHeader credential, OpenAiSettings settings) {
    return settings.sendsForms()
        ? Call.postForm(uri, credential, List.of(new Call.Field("prompt", request().prompt())))
        : Call.postJson(uri, credential, Json.write(Json.body().put("prompt", request().prompt())));
  }

  private String json(OpenAiSettings settings) {
    var body = Json.body();
    Json.putOptions(body, request().options());
    body.put("model", context.upstreamModel());
    body.put("prompt", request().prompt());
    body.put("seconds", seconds());
    body.put("size", size());
    for (var picture : submission.pictures()) {
      if (settings.sendsBarePicture()) {
        body.put(PICTURE, picture.asText());
      } else {
        body.putObject(PICTURE).put(PICTURE_URL, picture.asText());
      }
    }
    Json.putTexts(body, VIDEOS, submission.referenceVideos());
    Json.putTexts(body, AUDIOS, submission.referenceAudios());
    return Json.write(body);
  }

  /** Nesting in a form is written in brackets. Options of the same name would come twice. */
  private List<Call.Part> form(OpenAiSettings settings) {
    var options = new TreeMap<>(request().options());
    options.keySet().removeAll(List.of("model", "prompt", "seconds", "size", PICTURE));
    var fields = new ArrayList<Call.Part>();
    options.forEach((name, value) -> fields.add(new Call.Field(name, value)));
    fields.add(new Call.Field("model", context.upstreamModel()));
    fields.add(new Call.Field("prompt", request().prompt()));
    fields.add(new Call.Field("seconds", seconds()));
    fields.add(new Call.Field("size", size()));
    submission.pictures().forEach(picture -> fields.add(part(settings, picture)));
    submission.referenceVideos().forEach(url -> fields.add(new Call.Field(VIDEOS + "[]", url)));
    submission.referenceAudios().forEach(url -> fields.add(new Call.Field(AUDIOS + "[]", url)));
    return fields;
  }

  private static Call.Part part(OpenAiSettings settings, SentPicture picture) {
    var name = settings.sendsBarePicture() ? PICTURE : PICTURE + "[" + PICTURE_URL + "]";
    return switch (picture) {
      case SentPicture.Address(String url, _) -> new Call.Field(name, url);
      case SentPicture.Bytes file ->
          new Call.FilePart(PICTURE, file.fileName(), file.contentType(), file.bytes());
    };
  }

  /** A text in this format, although it is a number. */
  private String seconds() {
    return String.valueOf(request().shape().seconds());
  }

  private String size() {
    return request().shape().width() + "x" + request().shape().height();
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    if (reply.isSuccess()) {
      return new Step.Done<>(accepted(reply));
    }
    return switch (reply.status()) {
      case 401, 402, 403 -> account(reply);
      // A wrong base URL or a wrong name of the model: nothing there could have made a video.
      case 404 -> RelayErrors.isModelUnknown(reply) ? modelGone(reply) : account(reply);
      case 301, 307, 308, 405 -> account(reply);
      case 429 -> says(reply, RelayErrors::isMoney) ? account(reply) : busy(reply);
      case 400, 413, 415, 422 -> refused(reply);
      default -> new Step.Done<>(new SubmitOutcome.Ambiguous(RelayErrors.message(reply)));
    };
  }

  private VideoRequest request() {
    return submission.request();
  }

  private static SubmitOutcome accepted(Reply reply) {
    return Json.object(reply.body())
        .filter(tree -> !isOnlyAnError(tree))
        .flatMap(OpenAiSubmit::id)
        .<SubmitOutcome>map(SubmitOutcome.Accepted::new)
        .orElseGet(() -> new SubmitOutcome.Ambiguous("success without an id"));
  }

  /** Some put an error into a success; the id beside it then names the request, not a job. */
  private static boolean isOnlyAnError(JsonNode tree) {
    return Json.text(tree, "/error/message", "/error").isPresent() && !tree.has("status");
  }

  private static Optional<String> id(JsonNode tree) {
    return Json.texts(tree, IDS).filter(id -> id.length() <= Job.UPSTREAM_ID_CHARS_MAX).findFirst();
  }

  private static Step<SubmitOutcome> refused(Reply reply) {
    if (says(reply, RelayErrors::isContent)) {
      return rejected(ErrorCode.CONTENT_REFUSED, RelayErrors.message(reply), false);
    }
    if (RelayErrors.isModelUnknown(reply)) {
      return modelGone(reply);
    }
    return says(reply, RelayErrors::isMoney)
        ? account(reply)
        : rejected(ErrorCode.UPSTREAM_REJECTED, RelayErrors.message(reply), false);
  }

  private static boolean says(Reply reply, Predicate<JsonNode> saying) {
    return Json.object(reply.body()).filter(saying).isPresent();
  }

  private static Step<SubmitOutcome> account(Reply reply) {
    return rejected(ErrorCode.UPSTREAM_ACCOUNT, RelayErrors.message(reply), true);
  }

  private static Step<SubmitOutcome> modelGone(Reply reply) {
    return rejected(ErrorCode.UPSTREAM_MODEL_GONE, RelayErrors.message(reply), true);
  }

  private static Step<SubmitOutcome> busy(Reply reply) {
    return rejected(ErrorCode.UPSTREAM_BUSY, RelayErrors.message(reply), true);
  }

  private static Step<SubmitOutcome> rejected(ErrorCode code, String why, boolean ourAccount) {
    return new Step.Done<>(new SubmitOutcome.Rejected(new Failure(code, why), ourAccount));
  }
}
