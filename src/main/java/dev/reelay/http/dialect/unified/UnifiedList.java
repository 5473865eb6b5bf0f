package dev.reelay.http.dialect.unified;

import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.http.ApiError;
import dev.reelay.http.AskedId;
import dev.reelay.http.Callers;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.ViewCache;
import dev.reelay.http.dialect.PageLimit;
import dev.reelay.http.dialect.ReadyAnswers;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /v1/video/list}: the tenant's tasks, newest first, each with the body of a query. The
 * cursor {@code after} is the last id of the page before; ids sort by time, so a time is a cursor
 * too.
 */
public final class UnifiedList {
  private static final String SECONDS = "[0-9]{1,12}";

  /** The end of the year 9999, well within the 48 bits of milliseconds that an id has. */
  private static final long SECONDS_MAX = 253_402_300_799L;

  private final Callers callers;
  private final TaskStore store;
  private final ViewCache views;
  private final ReadyAnswers answers;

  public UnifiedList(Callers callers, TaskStore store, ViewCache views, ReadyAnswers answers) {
    this.callers = callers;
    this.store = store;
    this.views = views;
    this.answers = answers;
  }

  public Reply list(Request request) {
    var caller = callers.of(request);
    int limit = PageLimit.of(request);
    var query =
        new TaskStore.Query(
            Optional.of(caller.tenant().id()),
            states(request),
            request.query("model").filter(name -> !name.isBlank()),
            request.query("client_reference").filter(text -> !text.isBlank()),
            cursor(request),
            limit + 1,
            TaskStore.Query.Order.NEWEST_FIRST);
    var oldest = seconds(request, "created_after").map(UnifiedList::firstIdAt);
    var found =
        store.list(query).stream()
            .filter(t -> oldest.isEmpty() || t.id().value().compareTo(oldest.get()) >= 0)
            .toList();
    var page = found.subList(0, Math.min(limit, found.size()));
    return Reply.json(200, body(page, found.size() > limit, request.baseUrl()));
  }

  private byte[] body(List<Task> page, boolean hasMore, String baseUrl) {
    var json = new JsonText().object().field("object", "list").array("data");
    for (var row : page) {
      var task = views.seen(row);
      json.raw(new String(answers.bytes(task, id(task), baseUrl), StandardCharsets.UTF_8));
    }
    json.endArray().field("has_more", hasMore);
    if (page.isEmpty()) {
      json.nulls("first_id", "last_id");
    } else {
      json.field("first_id", id(page.getFirst())).field("last_id", id(page.getLast()));
    }
    return json.endObject().bytes();
  }

  private static String id(Task task) {
    return AskedId.withModel(task.request().form().requested(), task.id()).text();
  }

  private static Set<TaskState.Name> states(Request request) {
    var word = request.query("status").filter(text -> !text.isBlank());
    if (word.isEmpty()) {
      return Set.of();
    }
    var states = Word.statesOf(word.get());
    if (states.isEmpty()) {
      throw ApiError.field(
              "status",
              "`status` must be one of " + String.join(", ", Word.ALL) + ".",
              "`status` 可用：" + String.join("、", Word.ALL) + "。")
          .allowing(Word.ALL)
          .refusal();
    }
    return states;
  }

  /** The later page of the two wins where both a cursor and a time are given. */
  private static Optional<TaskId> cursor(Request request) {
    var before = seconds(request, "created_before").map(UnifiedList::firstIdAt).map(TaskId::new);
    var after = request.query("after").filter(text -> !text.isBlank());
    if (after.isEmpty()) {
      return before;
    }
    var asked = AskedId.parse(after.get());
    if (asked.isEmpty()) {
      throw ApiError.field("after", "`after` must be a task id.", "`after` 必须是任务 ID。").refusal();
    }
    var id = asked.get().id();
    return before.filter(time -> time.value().compareTo(id.value()) < 0).or(() -> Optional.of(id));
  }

  private static Optional<Long> seconds(Request request, String name) {
    var text = request.query(name).map(String::strip).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().matches(SECONDS)) {
      long seconds = Long.parseLong(text.get());
      if (seconds <= SECONDS_MAX) {
        return Optional.of(seconds);
      }
    }
    throw ApiError.field(name, "`" + name + "` must be a whole number.", "`" + name + "` 必须是整数。")
        .refusal();
  }

  /** The least id that could have been made in that second. */
  private static String firstIdAt(long second) {
    return TimeOrderedIds.firstTextAt(Instant.ofEpochSecond(second));
  }
}
