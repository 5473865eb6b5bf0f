package dev.reelay.provider.vidu;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.SubmitOutcome;
import java.util.List;
import java.util.stream.Stream;

/** Creates a job: one call, at an address for each use of pictures. */
record ViduSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    var clash = submission.clash();
    if (clash.isPresent()) {
      return Outcomes.impossible(clash.get());
    }
    var call = ViduProvider.call("POST", context, path(), ViduProvider.json(body()));
    return new Step.Send<>(call, new Step.NoState(), true);
  }

  private List<SentPicture> frames() {
    return Stream.of(submission.firstFrame(), submission.lastFrame())
        .flatMap(frame -> frame.stream())
        .toList();
  }

  private String path() {
    if (!submission.references().isEmpty()) {
      return "/reference2video";
    }
    return switch (frames().size()) {
      case 0 -> "/text2video";
      case 1 -> "/img2video";
      default -> "/start-end2video";
    };
  }

  private String body() {
    var request = submission.request();
    var frames = frames();
    var body = Json.body();
    body.put("model", context.upstreamModel());
    body.put("prompt", request.prompt());
    var pictures = frames.isEmpty() ? submission.references() : frames;
    if (!pictures.isEmpty()) {
      var images = body.putArray("images");
      pictures.forEach(picture -> images.add(picture.asText()));
    }
    body.put("duration", request.shape().seconds());
    body.put("resolution", request.shape().resolution().toString());
    if (frames.isEmpty()) {
      body.put("aspect_ratio", request.shape().ratio().toString());
    }
    request.option("seed").ifPresent(seed -> Json.putOption(body, "seed", seed));
    if (Boolean.parseBoolean(context.settings().get(ViduProvider.OFF_PEAK))) {
      body.put(ViduProvider.OFF_PEAK, true);
    }
    body.put("payload", submission.token());
    submission.callback().ifPresent(uri -> body.put("callback_url", uri.toString()));
    return Json.write(body);
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(Json.object(reply.body()).flatMap(ViduErrors::jobId))
            : ViduErrors.refusal(reply)
                .map(code -> Outcomes.rejected(code, ViduErrors.why(reply)))
                .orElseGet(() -> new SubmitOutcome.Ambiguous(ViduErrors.why(reply))));
  }
}
