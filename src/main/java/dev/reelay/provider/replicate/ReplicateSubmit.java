package dev.reelay.provider.replicate;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.InputFields;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.SubmitOutcome;
import java.net.URI;

/** Creates a prediction: one call. */
record ReplicateSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    var fields = InputFields.of(ReplicateCard.USUAL, "number", context.settings());
    var refusal = fields.refusal(submission);
    if (refusal.isPresent()) {
      return Outcomes.impossible(refusal.get());
    }
    var call = Call.postJson(uri(), context.bearer(), body(fields));
    return new Step.Send<>(call.with("Accept", "application/json"), new Step.NoState(), true);
  }

  /** Official models have an address of their own; others are asked for by their version. */
  private URI uri() {
    var model = context.upstreamModel();
    var slash = model.indexOf('/');
    return isVersion() || slash < 0
        ? context.atVersion1("/v1/predictions")
        : context.atVersion1(
            "/v1/models/%s/%s/predictions"
                .formatted(
                    Context.segment(model.substring(0, slash)),
                    Context.segment(model.substring(slash + 1))));
  }

  private boolean isVersion() {
    return context.upstreamModel().contains(":") || !context.upstreamModel().contains("/");
  }

  private String body(InputFields fields) {
    var body = Json.body();
    if (isVersion()) {
      body.put("version", context.upstreamModel());
    }
    fields.put(body.putObject("input"), submission);
    submission
        .callback()
        .ifPresent(
            uri -> {
              body.put("webhook", uri.toString());
              body.putArray("webhook_events_filter").add("completed");
            });
    return Json.write(body);
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/id")))
            : refused(reply));
  }

  private static SubmitOutcome refused(Reply reply) {
    var why = RelayErrors.message(reply);
    return switch (reply.status()) {
      case 401, 402, 403, 405 -> Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, why);
      // The model is part of the address.
      case 404 -> Outcomes.rejected(ErrorCode.UPSTREAM_MODEL_GONE, why);
      case 429 -> Outcomes.rejected(ErrorCode.UPSTREAM_BUSY, why);
      case 400, 413, 422 ->
          Json.object(reply.body()).filter(RelayErrors::isContent).isPresent()
              ? Outcomes.rejected(ErrorCode.CONTENT_REFUSED, why)
              : Outcomes.rejected(ErrorCode.UPSTREAM_REJECTED, why);
      default -> new SubmitOutcome.Ambiguous(why);
    };
  }
}
