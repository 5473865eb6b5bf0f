package dev.reelay.provider.gemini;

import dev.reelay.provider.Call;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Provider;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Submission;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.PictureForm;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Gemini API with an API key. Which of its two protocols is spoken follows from the model.
 * Neither has a token, a look-up or a list that surely shows video jobs. It takes pictures only as
 * bytes, and gives results only to those who bring the key.
 */
public final class GeminiProvider implements Provider {
  public static final String NAME = "gemini";
  private static final String VERSION = "/v1beta";
  private static final String OMNI = "omni";

  /** The usual distance in Google's own examples. */
  private static final Duration POLL_FLOOR = Duration.ofSeconds(10);

  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return GeminiCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(Recovery.NONE, true, POLL_FLOOR, POLL_CEILING)
        .withPictures(PictureForm.BYTES);
  }

  private static boolean isOmni(Context context) {
    return context.upstreamModel().contains(OMNI);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return isOmni(context)
        ? new OmniSubmit(context, submission)
        : new VeoSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return isOmni(context) ? new OmniPoll(context, upstreamId) : new VeoPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.of(new GeminiCancel(context, upstreamId, isOmni(context)));
  }

  /**
   * Only who brings the key gets it; the key goes to the channel's own origin and nowhere else.
   * Where the address has a pointer behind it, the video stands there in the answer.
   */
  @Override
  public Call download(Context context, VideoResult result) {
    var call = Call.get(result.video(), key(context));
    return Optional.ofNullable(result.video().getFragment()).map(call::inside).orElse(call);
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return Optional.empty();
  }

  /**
   * A call; operators write base URLs with and without the version.
   *
   * @param path behind the version
   */
  static Call call(String method, Context context, String path, Call.Body body) {
    var version = context.baseUrl().toString().endsWith(VERSION) ? "" : VERSION;
    return new Call(method, context.at(version + path), List.of(), List.of(key(context)), body)
        .with("Accept", "application/json");
  }

  static Call post(Context context, String path, ObjectNode body) {
    return call("POST", context, path, new Call.Body.Text("application/json", Json.write(body)));
  }

  static Call get(Context context, String path) {
    return call("GET", context, path, new Call.Body.None());
  }

  static Call interaction(Context context, String upstreamId) {
    return get(context, "/interactions/" + Context.segment(upstreamId));
  }

  private static Call.SecretHeader key(Context context) {
    return new Call.SecretHeader("x-goog-api-key", "", context.credential());
  }

  /** Puts a picture's bytes; the engine has fetched those that were addresses. */
  static void put(ObjectNode to, SentPicture picture, String typeField, String bytesField) {
    switch (picture) {
      case SentPicture.Bytes bytes ->
          to.put(typeField, bytes.contentType()).put(bytesField, bytes.base64());
      case SentPicture.Address address ->
          throw new IllegalArgumentException("not fetched: " + address.url());
    }
  }
}
