package dev.reelay.provider.minimax;

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
import tools.jackson.databind.JsonNode;

/**
 * Asks for a job of the first version: one call, and one more for the address of the file once it
 * is done. The address is good for hours; a later poll gives another.
 */
record HailuoPoll(Context context, String upstreamId) implements Operation<PollOutcome> {
  private enum Asked implements Step.State {
    JOB,
    FILE
  }

  @Override
  public Step<PollOutcome> begin() {
    return ask("/v1/query/video_generation?task_id=" + Context.segment(upstreamId), Asked.JOB);
  }

  private Step<PollOutcome> ask(String path, Asked asked) {
    var call = Call.get(context.atVersion1(path), context.bearer());
    return new Step.Send<>(call.with("Accept", "application/json"), asked, false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    var tree = Json.object(reply.body()).filter(_ -> reply.isSuccess());
    return switch ((Asked) state) {
      case JOB -> tree.map(job -> job(job, reply)).orElseGet(() -> refused(reply));
      case FILE -> new Step.Done<>(file(tree, reply));
    };
  }

  private Step<PollOutcome> refused(Reply reply) {
    return new Step.Done<>(MiniMaxErrors.refusedPoll(reply, context.now()));
  }

  /** A failed job has a code like a failed question; only the status tells them apart. */
  private Step<PollOutcome> job(JsonNode job, Reply reply) {
    var status = Json.text(job, "/status").orElse("");
    return switch (status) {
      case "Fail" ->
          new Step.Done<>(
              MiniMaxErrors.verdict(
                  MiniMaxErrors.code(job), Json.text(job, "/base_resp/status_msg")));
      case "Preparing", "Queueing", "Processing" ->
          new Step.Done<>(new PollOutcome.Pending(OptionalInt.empty()));
      case "Success" ->
          Json.text(job, "/file_id")
              .map(id -> ask("/v1/files/retrieve?file_id=" + Context.segment(id), Asked.FILE))
              .orElseGet(() -> new Step.Done<>(missing()));
      case "" -> refused(reply);
      default -> new Step.Done<>(new PollOutcome.Unrecognized(status));
    };
  }

  /** The job is done whatever is answered here, so a refusal is only of this question. */
  private PollOutcome file(Optional<JsonNode> tree, Reply reply) {
    if (tree.filter(answer -> MiniMaxErrors.isDone(reply, answer)).isEmpty()) {
      return Outcomes.unanswered(reply, MiniMaxErrors.why(reply), context.now());
    }
    return Json.address(tree.get(), "/file/download_url")
        .<PollOutcome>map(video -> new PollOutcome.Succeeded(VideoResult.of(video)))
        .orElseGet(HailuoPoll::missing);
  }

  private static PollOutcome missing() {
    return Outcomes.failed(ErrorCode.RESULT_MISSING, "");
  }
}
