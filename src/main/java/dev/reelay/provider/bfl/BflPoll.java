package dev.reelay.provider.bfl;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Asks for a job where its create said: one call. */
record BflPoll(Context context, BflJob job) implements Operation<PollOutcome> {
  private static final int NOT_FOUND = 404;

  @Override
  public Step<PollOutcome> begin() {
    var call = Call.get(job.uri(context), BflProvider.key(context));
    return new Step.Send<>(call.with("Accept", "application/json"), new Step.NoState(), false);
  }

  /** A job that is not there has its word too, with or without a 404. */
  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(_ -> reply.isSuccess() || reply.status() == NOT_FOUND)
            .flatMap(tree -> Json.text(tree, "/status").map(status -> read(tree, status)))
            .orElseGet(
                () -> Outcomes.unanswered(reply, RelayErrors.message(reply), context.now())));
  }

  private PollOutcome read(JsonNode tree, String status) {
    return switch (status) {
      case "Pending", "Queued", "Processing" -> new PollOutcome.Pending(OptionalInt.empty());
      case "Ready" -> done(tree);
      case "Error", "Failed" -> Outcomes.failed(ErrorCode.UPSTREAM_FAILED, message(tree));
      case "Request Moderated", "Content Moderated" ->
          Outcomes.failed(ErrorCode.CONTENT_REFUSED, message(tree));
      case "Task not found" -> Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, "");
      default -> new PollOutcome.Unrecognized(status);
    };
  }

  private static String message(JsonNode tree) {
    return Json.text(tree, "/details/error", "/error", "/message").orElse("");
  }

  private PollOutcome done(JsonNode tree) {
    var result = Json.address(tree, "/result/sample").map(VideoResult::of);
    return Outcomes.done(result.map(video -> video.withUnits(job.credits())), message(tree));
  }
}
