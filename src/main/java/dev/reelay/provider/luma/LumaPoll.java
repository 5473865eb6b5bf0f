package dev.reelay.provider.luma;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.OnePoll;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Asks for a generation: one call. */
record LumaPoll(Context context, String upstreamId) implements OnePoll {
  private static final int NOT_FOUND = 404;
  private static final String CONTENT = "content";

  @Override
  public Call call() {
    var uri = context.atVersion1("/v1/generations/" + Context.segment(upstreamId));
    return Call.get(uri, context.bearer()).with("Accept", "application/json");
  }

  /** A missing route answers 404 too, but never speaks of a generation. */
  @Override
  public PollOutcome refused(Reply reply, JsonNode tree) {
    return reply.status() == NOT_FOUND && RelayErrors.isGone(tree, "generation")
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, RelayErrors.message(reply))
        : unanswered(reply, RelayErrors.message(reply));
  }

  @Override
  public PollOutcome read(Reply reply, JsonNode tree) {
    var state = Json.text(tree, "/state");
    if (state.isEmpty()) {
      return unanswered(reply, "the answer has no state");
    }
    return switch (state.get()) {
      case "queued", "pending", "dreaming", "processing", "running" ->
          new PollOutcome.Pending(OptionalInt.empty());
      case "completed" -> done(tree);
      case "failed" -> failed(tree);
      default -> new PollOutcome.Unrecognized(state.get());
    };
  }

  /** Of several outputs the first that is a video. */
  private static PollOutcome done(JsonNode tree) {
    for (var output : tree.path("output")) {
      var video =
          Json.text(output, "/type").filter("video"::equals).isPresent()
              ? Json.address(output, "/url")
              : Optional.<URI>empty();
      if (video.isPresent()) {
        return new PollOutcome.Succeeded(VideoResult.of(video.get()));
      }
    }
    return Outcomes.failed(ErrorCode.RESULT_MISSING, "");
  }

  private static PollOutcome failed(JsonNode tree) {
    var why = Json.text(tree, "/failure_reason").orElse("");
    return Json.text(tree, "/failure_code").filter(code -> code.contains(CONTENT)).isPresent()
        ? Outcomes.failed(ErrorCode.CONTENT_REFUSED, why)
        : Outcomes.failed(ErrorCode.UPSTREAM_FAILED, why);
  }
}
