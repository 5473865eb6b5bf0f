package dev.reelay.provider.dashscope;

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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads one page of the account's tasks of the last 24 hours, of all its keys: one call. */
record DashScopeList(Context context, Optional<String> after) implements Operation<Page> {
  static final int PAGE_JOBS = 100;

  /** Their times have no zone: China's, also in Singapore. */
  private static final ZoneOffset THEIRS = ZoneOffset.ofHours(8);

  private static final DateTimeFormatter ASKED = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSS]");

  @Override
  public Step<Page> begin() {
    var path =
        "/tasks/?page_no="
            + page()
            + "&page_size="
            + PAGE_JOBS
            + "&start_time="
            + local(context.now().minus(DashScopeProvider.RECORD_LIFE))
            + "&end_time="
            + local(context.now());
    return new Step.Send<>(
        DashScopeProvider.call("GET", context, path, new Call.Body.None()),
        new Step.NoState(),
        false);
  }

  private int page() {
    return after.map(Integer::parseInt).orElse(1);
  }

  private static String local(Instant time) {
    return ASKED.format(LocalDateTime.ofInstant(time, THEIRS));
  }

  @Override
  public Step<Page> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(tree -> reply.isSuccess() && tree.at("/data").isArray())
            .map(this::read)
            .orElseGet(() -> Outcomes.unlisted(reply, DashScopeErrors.why(reply), context.now())));
  }

  private Page read(JsonNode tree) {
    var jobs = new ArrayList<ListedJob>();
    for (var item : tree.at("/data")) {
      var job = job(item);
      if (job.isEmpty()) {
        return new Page.Unanswered("a listed task has no id or no time", Optional.empty());
      }
      jobs.add(job.get());
    }
    var pages = tree.at("/total_page").asInt(jobs.size() < PAGE_JOBS ? page() : page() + 1);
    var next = Optional.of(Integer.toString(page() + 1));
    return new Page.Jobs(jobs, jobs.isEmpty() || page() >= pages ? Optional.empty() : next);
  }

  /** Where we add the mode to a name, a listed name is not the one that was asked for. */
  private Optional<ListedJob> job(JsonNode item) {
    var id = Json.text(item, "/task_id").filter(text -> text.length() <= Job.UPSTREAM_ID_CHARS_MAX);
    var at = Json.text(item, "/gmt_create", "/submit_time", "/start_time");
    var model =
        Json.text(item, "/model_name")
            .filter(
                _ ->
                    WanDialect.of(context) == WanDialect.WAN_3
                        || WanDialect.namesMode(context.upstreamModel()));
    return id.flatMap(
        named ->
            at.flatMap(DashScopeList::time)
                .map(time -> new ListedJob(named, time, model, Optional.empty())));
  }

  /** Milliseconds, or a local time. */
  static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          text.matches("[0-9]{1,15}")
              ? Instant.ofEpochMilli(Long.parseLong(text))
              : LocalDateTime.parse(text, SHOWN).toInstant(THEIRS));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
