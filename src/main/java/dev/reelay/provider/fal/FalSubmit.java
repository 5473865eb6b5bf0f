package dev.reelay.provider.fal;

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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Puts a request into the queue: one call. */
record FalSubmit(Context context, Submission submission) implements Operation<SubmitOutcome> {
  private static final String NONE = "-";

  @Override
  public Step<SubmitOutcome> begin() {
    var fields = InputFields.of(FalCard.USUAL, "seconds", context.settings());
    var refusal = fields.refusal(submission);
    if (refusal.isPresent()) {
      return Outcomes.impossible(refusal.get());
    }
    var input = Json.body();
    fields.put(input, submission);
    var call = Call.postJson(uri(), FalProvider.key(context), Json.write(input));
    return new Step.Send<>(call.with("Accept", "application/json"), new Step.NoState(), true);
  }

  private URI uri() {
    var behind = context.settings().getOrDefault(FalCard.PICTURE_PATH, "image-to-video");
    var plain = submission.pictures().isEmpty() || behind.equals(NONE);
    var model = context.upstreamModel();
    var path = FalProvider.path(plain ? model : model + "/" + behind);
    var webhook =
        submission
            .callback()
            .map(
                uri -> "?fal_webhook=" + URLEncoder.encode(uri.toString(), StandardCharsets.UTF_8));
    return context.at(path + webhook.orElse(""));
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        reply.isSuccess()
            ? Outcomes.accepted(
                Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/request_id")))
            : refused(reply));
  }

  /** A locked or empty account is a 403 there; 429 is also for too many requests at once. */
  private static SubmitOutcome refused(Reply reply) {
    var why = RelayErrors.message(reply);
    return switch (reply.status()) {
      case 401, 402, 403, 405 -> Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, why);
      // The model is part of the address.
      case 404 -> Outcomes.rejected(ErrorCode.UPSTREAM_MODEL_GONE, why);
      case 429 -> Outcomes.rejected(ErrorCode.UPSTREAM_BUSY, why);
      case 400, 413, 422 ->
          FalErrors.isContent(reply)
              ? Outcomes.rejected(ErrorCode.CONTENT_REFUSED, why)
              : Outcomes.rejected(ErrorCode.UPSTREAM_REJECTED, why);
      default -> new SubmitOutcome.Ambiguous(why);
    };
  }
}
