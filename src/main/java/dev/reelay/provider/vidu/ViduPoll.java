package dev.reelay.provider.vidu;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Asks for a job: one call. */
record ViduPoll(Context context, String upstreamId) implements Operation<PollOutcome> {
  private static final int NOT_FOUND = 404;

  @Override
  public Step<PollOutcome> begin() {
    var path = "/tasks/" + Context.segment(upstreamId) + "/creations";
    var call = ViduProvider.call("GET", context, path, new Call.Body.None());
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .map(tree -> reply.isSuccess() ? read(reply, tree) : refused(reply, tree))
            .orElseGet(() -> unanswered(reply, "the answer has no JSON object")));
  }

  /** A missing route is no word about the job, so a word of theirs has to be there. */
  private PollOutcome refused(Reply reply, JsonNode tree) {
    return reply.status() == NOT_FOUND && ViduErrors.says(tree, "TaskNotFound")
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, ViduErrors.why(tree))
        : unanswered(reply, ViduErrors.why(reply));
  }

  private PollOutcome unanswered(Reply reply, String why) {
    return Outcomes.unanswered(reply, why, context.now());
  }

  private PollOutcome read(Reply reply, JsonNode tree) {
    var state = Json.text(tree, "/state");
    if (state.isEmpty()) {
      return unanswered(reply, "the answer has no state");
    }
    return switch (state.get()) {
      case "created", "queueing", "processing" -> new PollOutcome.Pending(OptionalInt.empty());
      case "success" -> done(tree);
      case "failed" -> failed(tree);
      default -> new PollOutcome.Unrecognized(state.get());
    };
  }

  private static PollOutcome failed(JsonNode tree) {
    return ViduErrors.says(tree, ViduErrors.CANCELED)
        ? new PollOutcome.Canceled()
        : Outcomes.failed(ViduErrors.verdict(tree), ViduErrors.why(tree));
  }

  private static PollOutcome done(JsonNode tree) {
    return Json.address(tree, "/creations/0/url")
        .<PollOutcome>map(
            video ->
                new PollOutcome.Succeeded(
                    new VideoResult(
                        video,
                        Json.address(tree, "/creations/0/cover_url"),
                        Optional.empty(),
                        credits(tree),
                        Optional.empty())))
        .orElseGet(() -> Outcomes.failed(ErrorCode.RESULT_MISSING, ViduErrors.why(tree)));
  }

  private static OptionalLong credits(JsonNode tree) {
    return Json.whole(tree, "/credits");
  }
}
