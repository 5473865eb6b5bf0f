package dev.reelay.provider.vidu;

import dev.reelay.money.Bill;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.OnePoll;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Asks for a job: one call. */
record ViduPoll(Context context, String upstreamId) implements OnePoll {
  private static final int NOT_FOUND = 404;

  @Override
  public Call call() {
    var path = "/tasks/" + Context.segment(upstreamId) + "/creations";
    return ViduProvider.call("GET", context, path, new Call.Body.None());
  }

  /** A missing route is no word about the job, so a word of theirs has to be there. */
  @Override
  public PollOutcome refused(Reply reply, JsonNode tree) {
    return reply.status() == NOT_FOUND && ViduErrors.says(tree, "TaskNotFound")
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, ViduErrors.why(tree))
        : unanswered(reply, ViduErrors.why(reply));
  }

  @Override
  public PollOutcome read(Reply reply, JsonNode tree) {
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
        : Outcomes.failed(
            ViduErrors.verdict(tree), ViduErrors.why(tree), Bill.ofUnits(credits(tree)));
  }

  private static PollOutcome done(JsonNode tree) {
    var thumbnail = Json.address(tree, "/creations/0/cover_url");
    var result = Json.address(tree, "/creations/0/url").map(VideoResult::of);
    return Outcomes.done(
        result.map(video -> video.withThumbnail(thumbnail).withUnits(credits(tree))),
        ViduErrors.why(tree));
  }

  private static OptionalLong credits(JsonNode tree) {
    return Json.whole(tree, "/credits");
  }
}
