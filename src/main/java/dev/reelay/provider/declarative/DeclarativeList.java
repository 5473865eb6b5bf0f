package dev.reelay.provider.declarative;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Page;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.Job;
import dev.reelay.task.ListedJob;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads one page of the account's jobs as the description says: one call. */
record DeclarativeList(
    Description description, Description.JobList list, Context context, Optional<String> after)
    implements Operation<Page> {
  @Override
  public Step<Page> begin() {
    var values = after.map(text -> Values.about(context, "after", text)).orElseGet(Map::of);
    // The first page is the one without a cursor: what names it in the path falls away.
    var request = after.isPresent() ? list.request() : list.request().withoutCursor();
    var call = request.call(context, description.auth(), values);
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<Page> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> reply.isSuccess() && tree.at(list.jobs()).isArray())
            .map(this::read)
            .orElseGet(
                () -> Outcomes.unlisted(reply, description.errors().why(reply), context.now())));
  }

  private Page read(JsonNode tree) {
    var jobs = new ArrayList<ListedJob>();
    for (var item : tree.at(list.jobs())) {
      var job = job(item);
      if (job.isEmpty()) {
        return new Page.Unanswered("a listed job has no id or no time", Optional.empty());
      }
      jobs.add(job.get());
    }
    return new Page.Jobs(jobs, jobs.isEmpty() ? Optional.empty() : list.next().text(tree));
  }

  private Optional<ListedJob> job(JsonNode item) {
    var places = list.item();
    var id = places.id().text(item).filter(text -> text.length() <= Job.UPSTREAM_ID_CHARS_MAX);
    var at = places.time().text(item).flatMap(this::time);
    return id.flatMap(
        named ->
            at.map(
                time ->
                    new ListedJob(
                        named, time, places.model().text(item), places.prompt().text(item))));
  }

  private Optional<Instant> time(String text) {
    try {
      return Optional.of(
          switch (list.item().times()) {
            case SECONDS -> Instant.ofEpochSecond(Long.parseLong(text.replaceAll("\\..*", "")));
            case MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
            case ISO -> OffsetDateTime.parse(text).toInstant();
          });
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
