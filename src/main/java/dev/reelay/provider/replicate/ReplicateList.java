package dev.reelay.provider.replicate;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Page;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.Job;
import dev.reelay.task.ListedJob;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads one page of the account's predictions, newest first: one call. A page that cannot be read
 * whole is no page.
 */
record ReplicateList(Context context, Optional<String> after) implements Operation<Page> {
  private static final String CURSOR = "cursor=";

  @Override
  public Step<Page> begin() {
    var rest = after.map(cursor -> "?" + CURSOR + cursor).orElse("");
    return new Step.Send<>(
        ReplicateProvider.about("GET", context, rest), new Step.NoState(), false);
  }

  @Override
  public Step<Page> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> reply.isSuccess() && tree.path("results").isArray())
            .map(this::read)
            .orElseGet(() -> Outcomes.unlisted(reply, RelayErrors.message(reply), context.now())));
  }

  private Page read(JsonNode tree) {
    var jobs = new ArrayList<ListedJob>();
    for (var item : tree.path("results")) {
      var job = job(item);
      if (job.isEmpty()) {
        return new Page.Unanswered("a listed job has no id or no time", Optional.empty());
      }
      jobs.add(job.get());
    }
    return new Page.Jobs(jobs, next(tree));
  }

  /** The next page is told by its whole address; only its cursor is taken, as it is written. */
  private static Optional<String> next(JsonNode tree) {
    return Json.address(tree, "/next").stream()
        .flatMap(uri -> Optional.ofNullable(uri.getRawQuery()).stream())
        .flatMap(query -> Arrays.stream(query.split("&")))
        .filter(parameter -> parameter.startsWith(CURSOR))
        .map(parameter -> parameter.substring(CURSOR.length()))
        .findFirst();
  }

  private Optional<ListedJob> job(JsonNode item) {
    var id = Json.text(item, "/id").filter(text -> text.length() <= Job.UPSTREAM_ID_CHARS_MAX);
    var at = Json.text(item, "/created_at").flatMap(ReplicateList::time);
    return id.flatMap(
        named -> at.map(time -> new ListedJob(named, time, model(item), Optional.empty())));
  }

  /** A version is shown apart from its model, so ours is compared without it. */
  private Optional<String> model(JsonNode item) {
    var asked = context.upstreamModel();
    return Json.text(item, "/model")
        .map(model -> asked.startsWith(model + ":") ? asked : model)
        .or(() -> Json.text(item, "/version").filter(asked::endsWith).map(_ -> asked));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
