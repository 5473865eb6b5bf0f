package dev.reelay.provider.fal;

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

/** Asks for a request's state and, once it has ended, for its result: two calls. */
record FalPoll(Context context, String upstreamId) implements Operation<PollOutcome> {
  private static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;
  private static final int UNPROCESSABLE = 422;

  /** What a result that is not there yet is answered with. */
  private static final String STILL = "still in progress";

  private static final String CANCEL = "cancel";

  private static final String[] VIDEO = {"/video/url", "/videos/0/url", "/video", "/output/url"};

  /** Which of the two calls was made. */
  private enum Asked implements Step.State {
    STATE,
    RESULT
  }

  @Override
  public Step<PollOutcome> begin() {
    var call = FalProvider.about("GET", context, upstreamId, "/status");
    return new Step.Send<>(call, Asked.STATE, false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    var tree = Json.object(reply.body());
    if (tree.isEmpty()) {
      return new Step.Done<>(unanswered(reply, "the answer has no JSON object"));
    }
    if (state == Asked.RESULT) {
      return new Step.Done<>(reply.isSuccess() ? result(tree.get()) : failed(reply, tree.get()));
    }
    return reply.isSuccess()
        ? status(reply, tree.get())
        : new Step.Done<>(refused(reply, tree.get()));
  }

  private Step<PollOutcome> status(Reply reply, JsonNode tree) {
    var status = Json.text(tree, "/status");
    if (status.isEmpty()) {
      return new Step.Done<>(unanswered(reply, "the answer has no status"));
    }
    return switch (status.get()) {
      case "IN_QUEUE", "IN_PROGRESS" ->
          new Step.Done<>(new PollOutcome.Pending(OptionalInt.empty()));
      case "COMPLETED" ->
          new Step.Send<>(FalProvider.about("GET", context, upstreamId, ""), Asked.RESULT, false);
      default -> new Step.Done<>(new PollOutcome.Unrecognized(status.get()));
    };
  }

  /** An app that is missing answers 404 too, but never speaks of a request. */
  private PollOutcome refused(Reply reply, JsonNode tree) {
    var why = RelayErrors.message(reply);
    return reply.status() == NOT_FOUND && RelayErrors.isGone(tree, "request")
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, why)
        : unanswered(reply, why);
  }

  private static PollOutcome result(JsonNode tree) {
    return Outcomes.done(Json.address(tree, VIDEO).map(VideoResult::of), "");
  }

  /** Of a request that has ended only these say that it failed; others are of the question. */
  private PollOutcome failed(Reply reply, JsonNode tree) {
    var why = RelayErrors.message(reply);
    var isVerdict = reply.status() == UNPROCESSABLE || reply.status() == BAD_REQUEST;
    if (!isVerdict || tree.path("detail").asString("").contains(STILL)) {
      return unanswered(reply, why);
    }
    if (isCanceled(tree)) {
      return new PollOutcome.Canceled();
    }
    return FalErrors.isContent(reply)
        ? Outcomes.failed(ErrorCode.CONTENT_REFUSED, why)
        : Outcomes.failed(ErrorCode.UPSTREAM_FAILED, why);
  }

  /** It has ended like one that failed, and only the type of its error says why. */
  private static boolean isCanceled(JsonNode tree) {
    return Json.text(tree, "/detail/0/type").filter(type -> type.contains(CANCEL)).isPresent();
  }

  private PollOutcome unanswered(Reply reply, String why) {
    return Outcomes.unanswered(reply, why, context.now());
  }
}
