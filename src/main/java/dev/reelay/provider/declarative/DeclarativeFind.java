package dev.reelay.provider.declarative;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.Job;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Looks a job up by the token of its create: one call. An empty list proves an absence. */
record DeclarativeFind(
    Description description, Description.Find find, Context context, String reference)
    implements Operation<FindOutcome> {
  @Override
  public Step<FindOutcome> begin() {
    var values = Values.about(context, "token", reference);
    var call = find.request().call(context, description.auth(), values);
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<FindOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> reply.isSuccess() && tree.at(find.jobs()).isArray())
            .map(tree -> read(tree.at(find.jobs())))
            .orElseGet(
                () ->
                    new FindOutcome.Unanswered(
                        "HTTP " + reply.status() + ": " + description.errors().why(reply),
                        reply.retryAfter(context.now()))));
  }

  private FindOutcome read(JsonNode jobs) {
    if (jobs.isEmpty()) {
      return new FindOutcome.Absent();
    }
    var id = jobs.size() == 1 ? find.id().text(jobs.get(0)) : Optional.<String>empty();
    return id.filter(text -> text.length() <= Job.UPSTREAM_ID_CHARS_MAX)
        .<FindOutcome>map(FindOutcome.Found::new)
        .orElseGet(
            () -> new FindOutcome.Unanswered("not one job with an id was found", Optional.empty()));
  }
}
