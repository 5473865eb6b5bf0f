package dev.reelay.provider.unified;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.Job;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Looks a task up by the {@code client_reference} of its create, as Reelay allows: one call. */
record UnifiedFind(Context context, String reference) implements Operation<FindOutcome> {
  private static final String[] IDS = {"/id", "/task_id"};

  @Override
  public Step<FindOutcome> begin() {
    var asked = "/v1/video/list?client_reference=" + UnifiedProvider.inQuery(reference);
    var call = Call.get(context.atVersion1(asked), context.bearer());
    return new Step.Send<>(call.with("Accept", "application/json"), new Step.NoState(), false);
  }

  @Override
  public Step<FindOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> reply.isSuccess() && tree.at("/data").isArray())
            .map(tree -> read(tree.at("/data")))
            .orElseGet(
                () ->
                    new FindOutcome.Unanswered(
                        "HTTP " + reply.status() + ": " + RelayErrors.message(reply),
                        reply.retryAfter(context.now()))));
  }

  /** A relay that does not know the parameter shows others; then none of it proves an absence. */
  private FindOutcome read(JsonNode data) {
    if (data.isEmpty()) {
      return new FindOutcome.Absent();
    }
    for (var item : data) {
      if (Json.text(item, "/client_reference").filter(reference::equals).isEmpty()) {
        return unanswered("that relay does not look up by client_reference");
      }
    }
    return Json.text(data.get(data.size() - 1), IDS)
        .filter(id -> id.length() <= Job.UPSTREAM_ID_CHARS_MAX)
        .<FindOutcome>map(FindOutcome.Found::new)
        .orElseGet(() -> unanswered("what was found has no id"));
  }

  private static FindOutcome unanswered(String why) {
    return new FindOutcome.Unanswered(why, Optional.empty());
  }
}
