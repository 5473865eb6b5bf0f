package dev.reelay.provider.runway;

import dev.reelay.money.Bill;
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
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Asks for a task: one call. */
record RunwayPoll(Context context, String upstreamId) implements OnePoll {
  private static final int NOT_FOUND = 404;
  private static final double WHOLE = 100;

  @Override
  public Call call() {
    return RunwayProvider.aboutTask("GET", context, upstreamId);
  }

  /** A missing route answers 404 too, so the sentence has to speak of the task. */
  @Override
  public PollOutcome refused(Reply reply, JsonNode tree) {
    return reply.status() == NOT_FOUND && RelayErrors.isGone(tree)
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, RunwayErrors.why(reply))
        : unanswered(reply, RunwayErrors.why(reply));
  }

  @Override
  public PollOutcome read(Reply reply, JsonNode tree) {
    var status = Json.text(tree, "/status");
    if (status.isEmpty()) {
      return unanswered(reply, "the answer has no status");
    }
    return switch (status.get()) {
      case "PENDING", "THROTTLED" -> new PollOutcome.Pending(OptionalInt.empty());
      case "RUNNING" -> new PollOutcome.Pending(percent(tree));
      case "SUCCEEDED" -> done(tree);
      case "FAILED" ->
          Outcomes.failed(RunwayErrors.verdict(tree), message(tree), Bill.ofUnits(credits(tree)));
      case "CANCELLED" -> new PollOutcome.Canceled();
      default -> new PollOutcome.Unrecognized(status.get());
    };
  }

  private static OptionalInt percent(JsonNode tree) {
    var part = tree.at("/progress");
    return part.isNumber()
        ? OptionalInt.of((int) Math.clamp(part.asDouble() * WHOLE, 0, WHOLE))
        : OptionalInt.empty();
  }

  private static String message(JsonNode tree) {
    return Json.text(tree, "/failure", "/failureCode").orElse("");
  }

  private static PollOutcome done(JsonNode tree) {
    var result = Json.address(tree, "/output/0").map(VideoResult::of);
    return Outcomes.done(result.map(video -> video.withUnits(credits(tree))), message(tree));
  }

  private static OptionalLong credits(JsonNode tree) {
    return Json.whole(tree, "/cost/credits");
  }
}
