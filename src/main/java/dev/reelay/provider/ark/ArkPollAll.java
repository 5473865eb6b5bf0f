package dev.reelay.provider.ark;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.PollOutcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks for several jobs by the account's list, whose filter takes ids (Volcengine, list of video
 * generation tasks, read 2026-11-26): one call.
 */
record ArkPollAll(Context context, List<String> upstreamIds)
    implements Operation<Map<String, PollOutcome>> {
  @Override
  public Step<Map<String, PollOutcome>> begin() {
    var ids =
        upstreamIds.stream()
            .map(id -> "&filter.task_ids=" + Context.segment(id))
            .collect(Collectors.joining());
    var rest = "?page_num=1&page_size=" + upstreamIds.size() + ids;
    return new Step.Send<>(ArkProvider.about("GET", context, rest), new Step.NoState(), false);
  }

  @Override
  public Step<Map<String, PollOutcome>> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> reply.isSuccess() && tree.at("/items").isArray())
            .map(
                tree ->
                    Outcomes.ofEach(
                        upstreamIds,
                        tree.at("/items"),
                        item -> Json.text(item, "/id"),
                        ArkPoll::read))
            .orElseGet(
                () ->
                    Outcomes.ofAll(
                        upstreamIds,
                        Outcomes.unanswered(reply, ArkErrors.why(reply), context.now()))));
  }
}
