package dev.reelay.provider.sandbox;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.util.OptionalInt;

/** Asks how a job stands: one call. */
record SandboxPoll(Context context, String upstreamId) implements Operation<PollOutcome> {
  private static final int NOT_FOUND = 404;

  @Override
  public Step<PollOutcome> begin() {
    var call = Call.get(SandboxProvider.job(context, upstreamId), context.bearer());
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        SandboxAnswer.read(reply)
            .map(answer -> outcome(reply, answer))
            .orElseGet(() -> unanswered(reply)));
  }

  private PollOutcome outcome(Reply reply, SandboxAnswer answer) {
    if (reply.status() == NOT_FOUND && answer.text("/error/code").equals("job_not_found")) {
      return failed(ErrorCode.UPSTREAM_EXPIRED, answer);
    }
    return reply.isSuccess() ? standing(answer) : unanswered(reply);
  }

  private static PollOutcome standing(SandboxAnswer answer) {
    return switch (answer.text("/status")) {
      case "running" -> new PollOutcome.Pending(OptionalInt.of(answer.percent()));
      case "succeeded" -> done(answer);
      case "failed" -> failed(ErrorCode.UPSTREAM_FAILED, answer);
      case "canceled" -> new PollOutcome.Canceled();
      default -> new PollOutcome.Unrecognized(answer.text("/status"));
    };
  }

  private static PollOutcome done(SandboxAnswer answer) {
    var result = answer.address("/video").map(VideoResult::of);
    return Outcomes.done(result.map(video -> video.withThumbnail(answer.address("/poster"))), "");
  }

  private static PollOutcome failed(ErrorCode code, SandboxAnswer answer) {
    return new PollOutcome.Failed(new Failure(code, answer.text("/error/message")));
  }

  private PollOutcome unanswered(Reply reply) {
    return new PollOutcome.Unanswered(SandboxAnswer.why(reply), reply.retryAfter(context.now()));
  }
}
