package dev.reelay.provider.runway;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.provider.runway.RunwayFamily.Word;
import dev.reelay.task.SubmitOutcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Creates a task: one call. */
record RunwaySubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    var impossible = submission.clash().or(this::foreign);
    if (impossible.isPresent()) {
      return Outcomes.impossible(impossible.get());
    }
    var path = submission.firstFrame().isPresent() ? "/image_to_video" : "/text_to_video";
    var body = new Call.Body.Text("application/json", body());
    return new Step.Send<>(
        RunwayProvider.call("POST", context, path, body), new Step.NoState(), true);
  }

  private RunwayFamily family() {
    return RunwayFamily.of(context.upstreamModel());
  }

  /** Why this model cannot take what is to be referred to. */
  private Optional<String> foreign() {
    return Stream.of(
            refused(Word.REFERENCES, submission.references(), "reference pictures"),
            refused(Word.VIDEOS, submission.referenceVideos(), "reference videos"),
            refused(Word.REFERENCE_AUDIO, submission.referenceAudios(), "reference sounds"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> refused(Word word, List<?> sent, String what) {
    return sent.isEmpty() || family().takes(word)
        ? Optional.empty()
        : Optional.of("at this provider " + context.upstreamModel() + " takes no " + what);
  }

  private String body() {
    var request = submission.request();
    var body = Json.body();
    body.put("model", context.upstreamModel());
    body.put("promptText", request.prompt());
    submission.firstFrame().ifPresent(first -> put(body, first));
    putReferences(body);
    RunwaySize.put(body, family(), request.shape(), submission.firstFrame().isPresent());
    body.put("duration", request.shape().seconds());
    if (family().takes(Word.AUDIO)) {
      body.put("audio", request.shape().audio());
    }
    if (family().takes(Word.NEGATIVE_PROMPT)) {
      request.option("negative_prompt").ifPresent(text -> body.put("negativePrompt", text));
    }
    if (family().takes(Word.SEED)) {
      request.option("seed").ifPresent(seed -> Json.putOption(body, "seed", seed));
    }
    return Json.write(body);
  }

  private void putReferences(ObjectNode body) {
    if (!submission.references().isEmpty()) {
      var all = body.putArray("references");
      submission.references().forEach(picture -> all.addObject().put("uri", picture.asText()));
    }
    // One maker's videos have no word for their type.
    var typed = family() != RunwayFamily.OMNI_1_1;
    putClips(body, "referenceVideos", submission.referenceVideos(), typed, "video");
    putClips(body, "referenceAudio", submission.referenceAudios(), true, "audio");
  }

  private static void putClips(
      ObjectNode body, String name, List<String> urls, boolean typed, String type) {
    if (urls.isEmpty()) {
      return;
    }
    var all = body.putArray(name);
    for (var url : urls) {
      var clip = all.addObject();
      if (typed) {
        clip.put("type", type);
      }
      clip.put("uri", url);
    }
  }

  /** One picture is a text, two are told apart by their position. */
  private void put(ObjectNode body, SentPicture first) {
    var last = submission.lastFrame();
    if (last.isEmpty()) {
      body.put("promptImage", first.asText());
      return;
    }
    var both = body.putArray("promptImage");
    both.addObject().put("uri", first.asText()).put("position", "first");
    both.addObject().put("uri", last.get().asText()).put("position", "last");
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/id")))
            : RunwayErrors.refusal(reply)
                .map(code -> Outcomes.rejected(code, RunwayErrors.why(reply)))
                .orElseGet(() -> new SubmitOutcome.Ambiguous(RunwayErrors.why(reply))));
  }
}
