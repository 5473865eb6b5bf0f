package dev.reelay.provider.minimax;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Asks for a job of the second version: one call. */
record MiniMaxPoll(Context context, String upstreamId) implements Operation<PollOutcome> {
  @Override
  public Step<PollOutcome> begin() {
    return new Step.Send<>(MiniMaxProvider.look(context, upstreamId), new Step.NoState(), false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> MiniMaxErrors.isDone(reply, tree))
            .map(tree -> read(tree.at("/task")))
            .orElseGet(() -> MiniMaxErrors.refusedPoll(reply, context.now())));
  }

  private static PollOutcome read(JsonNode task) {
    var status = Json.text(task, "/status");
    if (status.isEmpty()) {
      return new PollOutcome.Unanswered("the answer has no status", Optional.empty());
    }
    return switch (status.get()) {
      case "queued", "running" -> new PollOutcome.Pending(OptionalInt.empty());
      case "succeeded" -> done(task);
      case "failed" ->
          MiniMaxErrors.verdict(MiniMaxErrors.code(task), Json.text(task, "/error/message"));
      case "cancelled" -> new PollOutcome.Canceled();
      case "expired" -> Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, "");
      default -> new PollOutcome.Unrecognized(status.get());
    };
  }

  private static PollOutcome done(JsonNode task) {
    return Json.address(task, "/content/url", "/content/video_url")
        .<PollOutcome>map(video -> new PollOutcome.Succeeded(result(task, video)))
        .orElseGet(() -> Outcomes.failed(ErrorCode.RESULT_MISSING, ""));
  }

  /** What is billed are the seconds, those of a given video among them. */
  private static VideoResult result(JsonNode task, URI video) {
    var seconds =
        Json.text(task, "/usage/total_seconds")
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(text -> OptionalLong.of(Long.parseLong(text)))
            .orElseGet(OptionalLong::empty);
    return VideoResult.of(video).withUnits(seconds);
  }
}
