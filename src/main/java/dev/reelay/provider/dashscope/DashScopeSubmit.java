package dev.reelay.provider.dashscope;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.SubmitOutcome;

/** Creates a job: one call. */
record DashScopeSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  private static final String CREATE = "/services/aigc/video-generation/video-synthesis";

  @Override
  public Step<SubmitOutcome> begin() {
    var body = new WanBody(context, submission);
    var impossible = body.impossible();
    if (impossible.isPresent()) {
      return Outcomes.impossible(impossible.get());
    }
    var json = new Call.Body.Text("application/json", Json.write(body.json()));
    // Without this header they answer that the account may not ask in this way.
    var call =
        DashScopeProvider.call("POST", context, CREATE, json).with("X-DashScope-Async", "enable");
    return new Step.Send<>(call, new Step.NoState(), true);
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(
                Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/output/task_id")))
            : DashScopeErrors.refusal(reply)
                .map(code -> Outcomes.rejected(code, DashScopeErrors.why(reply)))
                .orElseGet(() -> new SubmitOutcome.Ambiguous(DashScopeErrors.why(reply))));
  }
}
