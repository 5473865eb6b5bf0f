package dev.reelay.provider.ark;

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
record ArkPoll(Context context, String upstreamId) implements Operation<PollOutcome> {
  private static final int NOT_FOUND = 404;

  @Override
  public Step<PollOutcome> begin() {
    var call = ArkProvider.aboutJob("GET", context, upstreamId);
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .map(tree -> reply.isSuccess() ? read(reply, tree) : refused(reply, tree))
            .orElseGet(() -> unanswered(reply, "the answer has no JSON object")));
  }

  /** Records live for a week, and a canceled one for a day. */
  private PollOutcome refused(Reply reply, JsonNode tree) {
    return reply.status() == NOT_FOUND && ArkErrors.code(tree).contains("NotFound")
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, ArkErrors.why(reply))
        : unanswered(reply, ArkErrors.why(reply));
  }

  private PollOutcome unanswered(Reply reply, String why) {
    return Outcomes.unanswered(reply, why, context.now());
  }

  private PollOutcome read(Reply reply, JsonNode tree) {
    var status = Json.text(tree, "/status");
    if (status.isEmpty()) {
      return unanswered(reply, "the answer has no status");
    }
    return switch (status.get()) {
      case "queued", "running" -> new PollOutcome.Pending(OptionalInt.empty());
      case "succeeded" -> done(tree);
      case "failed" -> Outcomes.failed(verdict(tree), message(tree));
      case "cancelled" -> new PollOutcome.Canceled();
      case "expired" -> Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, message(tree));
      default -> new PollOutcome.Unrecognized(status.get());
    };
  }

  private static ErrorCode verdict(JsonNode tree) {
    return ArkErrors.isContent(tree) ? ErrorCode.CONTENT_REFUSED : ErrorCode.UPSTREAM_FAILED;
  }

  private static String message(JsonNode tree) {
    return Json.text(tree, "/error/message", "/error/code").orElse("");
  }

  private static PollOutcome done(JsonNode tree) {
    return Json.address(tree, "/content/video_url")
        .<PollOutcome>map(
            video ->
                new PollOutcome.Succeeded(
                    new VideoResult(
                        video, Optional.empty(), Optional.empty(), tokens(tree), Optional.empty())))
        .orElseGet(() -> Outcomes.failed(ErrorCode.RESULT_MISSING, message(tree)));
  }

  /** What is billed; prompts and pictures cost nothing, so that the total is the same. */
  private static OptionalLong tokens(JsonNode tree) {
    return Json.whole(tree, "/usage/completion_tokens", "/usage/total_tokens");
  }
}
