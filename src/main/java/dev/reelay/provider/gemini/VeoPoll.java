package dev.reelay.provider.gemini;

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
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Asks for a Veo operation by its name, which is a path: one call. */
record VeoPoll(Context context, String upstreamId) implements Operation<PollOutcome> {
  private static final Pattern NAME =
      Pattern.compile("models/[A-Za-z0-9._-]{1,200}/operations/[A-Za-z0-9._-]{1,200}");

  private static final String RESPONSE = "/response/generateVideoResponse";
  private static final String SAMPLES = RESPONSE + "/generatedSamples";

  /** Whether a text may be put into an address as it is. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.contains("/.");
  }

  @Override
  public Step<PollOutcome> begin() {
    if (!isName(upstreamId)) {
      // Only an operator can have attached such a one; without an answer there is no verdict.
      return new Step.Done<>(
          new PollOutcome.Unanswered("the id is no name of an operation", Optional.empty()));
    }
    return new Step.Send<>(
        GeminiProvider.get(context, "/" + upstreamId), new Step.NoState(), false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .map(tree -> reply.isSuccess() ? read(reply, tree) : refused(reply, tree))
            .orElseGet(() -> unanswered(reply, "the answer has no JSON object")));
  }

  private PollOutcome refused(Reply reply, JsonNode tree) {
    return GeminiErrors.isGone(reply, tree)
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, GeminiErrors.why(reply))
        : unanswered(reply, GeminiErrors.why(reply));
  }

  private PollOutcome unanswered(Reply reply, String why) {
    return Outcomes.unanswered(reply, why, context.now());
  }

  /** There are no words: what is not done has a name only. */
  private PollOutcome read(Reply reply, JsonNode tree) {
    if (Json.text(tree, "/name").isEmpty()) {
      return unanswered(reply, "the answer has no name");
    }
    if (!tree.at("/done").asBoolean(false)) {
      return new PollOutcome.Pending(OptionalInt.empty());
    }
    if (tree.has("error")) {
      return Outcomes.failed(
          GeminiErrors.verdict(tree), Json.text(tree, "/error/message").orElse(""));
    }
    return tree.at(RESPONSE).isObject()
        ? done(tree)
        : unanswered(reply, "done, without a response");
  }

  private static PollOutcome done(JsonNode tree) {
    return Json.address(tree, SAMPLES + "/0/video/uri")
        .<PollOutcome>map(video -> new PollOutcome.Succeeded(VideoResult.of(video)))
        .orElseGet(() -> without(tree));
  }

  /** No sample is what the safety filter leaves; one without an address is no verdict of it. */
  private static PollOutcome without(JsonNode tree) {
    return tree.at(SAMPLES).isEmpty()
        ? Outcomes.failed(
            ErrorCode.CONTENT_REFUSED,
            Json.text(tree, RESPONSE + "/raiMediaFilteredReasons/0")
                .orElse("the provider's filter left no video"))
        : Outcomes.failed(ErrorCode.RESULT_MISSING, "");
  }
}
