package dev.reelay.provider.ark;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Page;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.Job;
import dev.reelay.task.ListedJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads one page of the account's jobs of the last seven days: one call. */
record ArkList(Context context, Optional<String> after) implements Operation<Page> {
  /** They allow 500; so many full answers would not fit into what is read of one. */
  static final int PAGE_JOBS = 100;

  /** An endpoint's jobs are listed under the name of the model behind it. */
  private static final String ENDPOINT = "ep-";

  @Override
  public Step<Page> begin() {
    var rest = "?page_num=" + page() + "&page_size=" + PAGE_JOBS;
    return new Step.Send<>(ArkProvider.about("GET", context, rest), new Step.NoState(), false);
  }

  private int page() {
    return after.map(Integer::parseInt).orElse(1);
  }

  @Override
  public Step<Page> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> reply.isSuccess() && tree.at("/items").isArray())
            .map(this::read)
            .orElseGet(() -> Outcomes.unlisted(reply, ArkErrors.why(reply), context.now())));
  }

  private Page read(JsonNode tree) {
    var jobs = new ArrayList<ListedJob>();
    for (var item : tree.at("/items")) {
      var job = job(item);
      if (job.isEmpty()) {
        return new Page.Unanswered("a listed job has no id or no time", Optional.empty());
      }
      jobs.add(job.get());
    }
    return new Page.Jobs(jobs, next(tree, jobs));
  }

  /** A short page is the last, unless the total says that there are more. */
  private Optional<String> next(JsonNode tree, List<ListedJob> jobs) {
    var read = (long) (page() - 1) * PAGE_JOBS + jobs.size();
    var total = tree.at("/total").asLong(jobs.size() < PAGE_JOBS ? read : Long.MAX_VALUE);
    return jobs.isEmpty() || read >= total
        ? Optional.empty()
        : Optional.of(Integer.toString(page() + 1));
  }

  private Optional<ListedJob> job(JsonNode item) {
    var id = Json.text(item, "/id").filter(text -> text.length() <= Job.UPSTREAM_ID_CHARS_MAX);
    var at =
        Json.text(item, "/created_at")
            .filter(text -> text.matches("[0-9]{1,12}"))
            .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
    var model =
        Json.text(item, "/model").filter(_ -> !context.upstreamModel().startsWith(ENDPOINT));
    return id.flatMap(named -> at.map(time -> new ListedJob(named, time, model, Optional.empty())));
  }
}
