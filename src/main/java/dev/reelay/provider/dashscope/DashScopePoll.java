package dev.reelay.provider.dashscope;

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
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Asks for a job: one call. */
record DashScopePoll(Context context, String upstreamId) implements Operation<PollOutcome> {
  @Override
  public Step<PollOutcome> begin() {
    var path = DashScopeProvider.job(upstreamId);
    return new Step.Send<>(
        DashScopeProvider.call("GET", context, path, new Call.Body.None()),
        new Step.NoState(),
        false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(_ -> reply.isSuccess())
            .map(tree -> read(reply, tree))
            .orElseGet(() -> unanswered(reply, DashScopeErrors.why(reply))));
  }

  private PollOutcome unanswered(Reply reply, String why) {
    return Outcomes.unanswered(reply, why, context.now());
  }

  private PollOutcome read(Reply reply, JsonNode tree) {
    var status = Json.text(tree, "/output/task_status");
    if (status.isEmpty()) {
      return unanswered(reply, "the answer has no status");
    }
    return switch (status.get()) {
      case "PENDING", "RUNNING" -> new PollOutcome.Pending(OptionalInt.empty());
      case "SUCCEEDED" -> done(tree);
      case "FAILED" -> Outcomes.failed(verdict(tree), message(tree));
      case "CANCELED" -> new PollOutcome.Canceled();
      // It had been there: 24 hours are over, and the record with its video is gone.
      case "UNKNOWN" -> Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, message(tree));
      default -> new PollOutcome.Unrecognized(status.get());
    };
  }

  private static ErrorCode verdict(JsonNode tree) {
    return DashScopeErrors.isContent(Json.text(tree, "/output/code").orElse(""))
        ? ErrorCode.CONTENT_REFUSED
        : ErrorCode.UPSTREAM_FAILED;
  }

  private static String message(JsonNode tree) {
    return Json.text(tree, "/output/message", "/output/code").orElse("");
  }

  private static PollOutcome done(JsonNode tree) {
    var prompt = Json.text(tree, "/output/actual_prompt");
    var result =
        Json.address(tree, "/output/video_url", "/output/results/video_url").map(VideoResult::of);
    return Outcomes.done(
        result.map(video -> video.withEnhancedPrompt(prompt).withUnits(seconds(tree))),
        message(tree));
  }

  /** The seconds that are billed. */
  private static OptionalLong seconds(JsonNode tree) {
    return Json.text(tree, "/usage/duration", "/usage/output_video_duration")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElseGet(OptionalLong::empty);
  }
}
