package dev.reelay.provider;

import dev.reelay.task.PollOutcome;
import tools.jackson.databind.JsonNode;

/** A poll of one call that a JSON object answers, whatever the status; nothing else is a word. */
public interface OnePoll extends Operation<PollOutcome> {
  Context context();

  Call call();

  /** What the object of a success says. */
  PollOutcome read(Reply reply, JsonNode tree);

  /** What the object of any other status says: often only that the question failed. */
  PollOutcome refused(Reply reply, JsonNode tree);

  @Override
  default Step<PollOutcome> begin() {
    return new Step.Send<>(call(), new Step.NoState(), false);
  }

  @Override
  default Step<PollOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .map(tree -> reply.isSuccess() ? read(reply, tree) : refused(reply, tree))
            .orElseGet(() -> unanswered(reply, "the answer has no JSON object")));
  }

  /** Only the question failed. */
  default PollOutcome unanswered(Reply reply, String why) {
    return Outcomes.unanswered(reply, why, context().now());
  }
}
