package dev.reelay.provider;

import dev.reelay.task.Job;
import dev.reelay.task.ListedJob;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Lists of jobs as relays give them: {@code {"data": [{"id", "created_at", …}], "has_more"}}, times
 * in seconds. A page that cannot be read whole is no page: what follows from it may be money.
 */
public final class RelayLists {
  /** As many as OpenAI's format allows. */
  public static final int PAGE_JOBS_MAX = 100;

  private static final String[] IDS = {"/id", "/task_id"};
  private static final String[] PROMPTS = {"/prompt", "/detail/input/prompt"};
  private static final String SECONDS = "[0-9]{1,12}(\\.[0-9]{1,9})?";

  private RelayLists() {}

  /**
   * @param now for a wait that is told as a date
   */
  public static Page page(Reply reply, Instant now) {
    var data = Json.object(reply.body()).filter(_ -> reply.isSuccess()).map(t -> t.at("/data"));
    if (data.isEmpty() || !data.get().isArray()) {
      return new Page.Unanswered(
          "HTTP " + reply.status() + ": " + RelayErrors.message(reply), reply.retryAfter(now));
    }
    var jobs = new ArrayList<ListedJob>();
    for (var item : data.get()) {
      var job = job(item);
      if (job.isEmpty()) {
        return new Page.Unanswered("a listed job has no id or no time", Optional.empty());
      }
      jobs.add(job.get());
    }
    return new Page.Jobs(jobs, next(Json.object(reply.body()).orElseThrow(), jobs));
  }

  /** Only a page that says so, or an empty one, is the last. */
  private static Optional<String> next(JsonNode tree, List<ListedJob> jobs) {
    var more = tree.at("/has_more");
    return jobs.isEmpty() || (more.isBoolean() && !more.asBoolean())
        ? Optional.empty()
        : Optional.of(jobs.getLast().upstreamId());
  }

  private static Optional<ListedJob> job(JsonNode item) {
    var id = Json.text(item, IDS).filter(text -> text.length() <= Job.UPSTREAM_ID_CHARS_MAX);
    var at = Json.text(item, "/created_at").flatMap(RelayLists::seconds);
    return id.flatMap(
        named ->
            at.map(
                time ->
                    new ListedJob(
                        named, time, Json.text(item, "/model"), Json.text(item, PROMPTS))));
  }

  private static Optional<Instant> seconds(String text) {
    try {
      return text.matches(SECONDS)
          ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text.replaceAll("\\..*", ""))))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
