package dev.reelay.provider.openai;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.RelayCreates;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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
      return Outcomes.impossible("this provider takes one picture");
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
    return new Step.Done<>(RelayCreates.outcome(reply, IDS));
  }

  private VideoRequest request() {
    return submission.request();
  }
}
