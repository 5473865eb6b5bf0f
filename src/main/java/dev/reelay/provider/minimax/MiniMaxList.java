package dev.reelay.provider.minimax;

import dev.reelay.provider.Call;
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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads one page of the account's jobs of the last seven days: one call. That there is such a list
 * with pages is documented, its spelling was not found; so several are read, and a page that is not
 * understood whole is no page.
 */
record MiniMaxList(Context context, Optional<String> after) implements Operation<Page> {
  static final int PAGE_JOBS = 100;

  /** Times above it are in milliseconds; in seconds it is the year 5138. */
  private static final long SECONDS_MAX = 99_999_999_999L;

  private static final String[] JOBS = {"/tasks", "/items", "/data"};

  @Override
  public Step<Page> begin() {
    var path = "/v2/query/video_generation?page_num=" + page() + "&page_size=" + PAGE_JOBS;
    var call = Call.get(context.atVersion1(path), context.bearer());
    return new Step.Send<>(call.with("Accept", "application/json"), new Step.NoState(), false);
  }

  private int page() {
    return after.map(Integer::parseInt).orElse(1);
  }

  @Override
  public Step<Page> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> MiniMaxErrors.isDone(reply, tree) && jobs(tree).isPresent())
            .map(this::read)
            .orElseGet(() -> Outcomes.unlisted(reply, MiniMaxErrors.why(reply), context.now())));
  }

  private static Optional<JsonNode> jobs(JsonNode tree) {
    return Stream.of(JOBS).map(tree::at).filter(JsonNode::isArray).findFirst();
  }

  private Page read(JsonNode tree) {
    var read = new ArrayList<ListedJob>();
    for (var item : jobs(tree).orElseThrow()) {
      var job = job(item);
      if (job.isEmpty()) {
        return new Page.Unanswered("a listed job has no id or no time", Optional.empty());
      }
      read.add(job.get());
    }
    return new Page.Jobs(read, next(tree, read));
  }

  /** Only an empty page, or one that reaches the total it tells, is the last. */
  private Optional<String> next(JsonNode tree, List<ListedJob> jobs) {
    var read = (long) (page() - 1) * PAGE_JOBS + jobs.size();
    return jobs.isEmpty() || read >= tree.at("/total").asLong(Long.MAX_VALUE)
        ? Optional.empty()
        : Optional.of(Integer.toString(page() + 1));
  }

  private static Optional<ListedJob> job(JsonNode item) {
    var id =
        Json.text(item, "/id", "/task_id")
            .filter(text -> text.length() <= Job.UPSTREAM_ID_CHARS_MAX);
    var at =
        Json.text(item, "/created_at", "/create_time")
            .filter(text -> text.matches("[0-9]{1,14}"))
            .map(Long::parseLong)
            .map(t -> t > SECONDS_MAX ? Instant.ofEpochMilli(t) : Instant.ofEpochSecond(t));
    return id.flatMap(
        named ->
            at.map(
                time -> new ListedJob(named, time, Json.text(item, "/model"), Optional.empty())));
  }
}
