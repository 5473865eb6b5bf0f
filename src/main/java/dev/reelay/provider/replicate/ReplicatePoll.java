package dev.reelay.provider.replicate;

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
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Asks for a prediction: one call. */
record ReplicatePoll(Context context, String upstreamId) implements OnePoll {
  /** Its own word for content that a model refused. */
  private static final String CONTENT = "E005";

  private static final int NOT_FOUND = 404;

  private static final String[] VIDEO = {"/output", "/output/0", "/output/video", "/output/url"};

  @Override
  public Call call() {
    return ReplicateProvider.about("GET", context, "/" + Context.segment(upstreamId));
  }

  /**
   * Its "not found" of a prediction is that of any resource; it is known by their problem object,
   * which repeats the status beside its sentence.
   */
  @Override
  public PollOutcome refused(Reply reply, JsonNode tree) {
    var isTheirs = tree.path("detail").isString() && tree.path("status").asInt(0) == NOT_FOUND;
    return reply.status() == NOT_FOUND && isTheirs
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, RelayErrors.message(reply))
        : unanswered(reply, RelayErrors.message(reply));
  }

  @Override
  public PollOutcome read(Reply reply, JsonNode tree) {
    var status = Json.text(tree, "/status");
    if (status.isEmpty()) {
      return unanswered(reply, "the answer has no status");
    }
    return switch (status.get()) {
      case "starting", "processing", "queued" -> new PollOutcome.Pending(OptionalInt.empty());
      case "succeeded" -> done(tree);
      case "failed", "aborted" -> failed(tree);
      case "canceled" -> new PollOutcome.Canceled();
      default -> new PollOutcome.Unrecognized(status.get());
    };
  }

  private static PollOutcome done(JsonNode tree) {
    return Outcomes.done(Json.address(tree, VIDEO).map(VideoResult::of), "");
  }

  private static PollOutcome failed(JsonNode tree) {
    var why = Optional.of(RelayErrors.verdict(tree));
    return why.filter(failure -> failure.message().contains(CONTENT))
        .map(failure -> Outcomes.failed(ErrorCode.CONTENT_REFUSED, failure.message()))
        .orElseGet(() -> new PollOutcome.Failed(why.get()));
  }
}
