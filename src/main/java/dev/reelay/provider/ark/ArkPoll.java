package dev.reelay.provider.ark;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.OnePoll;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Asks for a job: one call. */
record ArkPoll(Context context, String upstreamId) implements OnePoll {
  private static final int NOT_FOUND = 404;

  @Override
  public Call call() {
    return ArkProvider.aboutJob("GET", context, upstreamId);
  }

  /** Records live for a week, and a canceled one for a day. */
  @Override
  public PollOutcome refused(Reply reply, JsonNode tree) {
    return reply.status() == NOT_FOUND && ArkErrors.code(tree).contains("NotFound")
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, ArkErrors.why(reply))
        : unanswered(reply, ArkErrors.why(reply));
  }

  @Override
  public PollOutcome read(Reply reply, JsonNode tree) {
    return read(tree);
  }

  /** What is said of one job, be it asked for alone or among others. */
  static PollOutcome read(JsonNode tree) {
    var status = Json.text(tree, "/status");
    if (status.isEmpty()) {
      return new PollOutcome.Unanswered("the job has no status", Optional.empty());
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
    var result = Json.address(tree, "/content/video_url").map(VideoResult::of);
    return Outcomes.done(result.map(video -> video.withUnits(tokens(tree))), message(tree));
  }

  /** What is billed; prompts and pictures cost nothing, so that the total is the same. */
  private static OptionalLong tokens(JsonNode tree) {
    return Json.whole(tree, "/usage/completion_tokens", "/usage/total_tokens");
  }
}
