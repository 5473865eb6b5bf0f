package dev.reelay.provider.sandbox;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoRequest;

/** Creates a job: one call. */
record SandboxSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    var shape = request().shape();
    var body =
        SandboxAnswer.MAPPER
            .createObjectNode()
            .put("prompt", request().prompt())
            .put("width", shape.width())
            .put("height", shape.height())
            .put("seconds", shape.seconds());
    if (!submission.pictures().isEmpty()) {
      body.put("pictures", submission.pictures().size());
    }
    var json = SandboxAnswer.MAPPER.writeValueAsString(body);
    var call = Call.postJson(context.at("/v1/jobs"), context.bearer(), json);
    return new Step.Send<>(
        call.with("Idempotency-Key", submission.token()), new Step.NoState(), true);
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(outcome(reply));
  }

  private VideoRequest request() {
    return submission.request();
  }

  private static SubmitOutcome outcome(Reply reply) {
    if (reply.isSuccess()) {
      return Outcomes.accepted(
          SandboxAnswer.read(reply).map(answer -> answer.text("/id")).filter(id -> !id.isBlank()));
    }
    var why = SandboxAnswer.why(reply);
    return switch (reply.status()) {
      case 422 -> rejected(ErrorCode.CONTENT_REFUSED, why, false);
      case 400, 413 -> rejected(ErrorCode.UPSTREAM_REJECTED, why, false);
      case 401, 403, 404 -> rejected(ErrorCode.UPSTREAM_ACCOUNT, why, true);
      case 429 -> rejected(ErrorCode.UPSTREAM_BUSY, why, true);
      default -> new SubmitOutcome.Ambiguous(why);
    };
  }

  private static SubmitOutcome rejected(ErrorCode code, String why, boolean ourAccount) {
    return new SubmitOutcome.Rejected(new Failure(code, why), ourAccount);
  }
}
