package dev.reelay.http.dialect.openai;

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
import dev.reelay.task.TaskStore;
import dev.reelay.task.TaskStore.Query.Order;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /v1/videos}: the tenant's tasks by the time of their making. The SDKs take the id of
 * the last one as {@code after} of the next page, until {@code has_more} is false.
 */
public final class OpenAiList {
  private static final List<String> ORDERS = List.of("desc", "asc");

  private final Callers callers;
  private final TaskStore store;
  private final ViewCache views;
  private final ReadyAnswers answers;

  public OpenAiList(Callers callers, TaskStore store, ViewCache views, ReadyAnswers answers) {
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
            Set.of(),
            Optional.empty(),
            after(request),
            limit + 1,
            order(request));
    var found = store.list(query);
    var page = found.subList(0, Math.min(limit, found.size()));
    return Reply.json(200, body(page, found.size() > limit, request.baseUrl()));
  }

  private byte[] body(List<Task> page, boolean hasMore, String baseUrl) {
    var json = new JsonText().object().field("object", "list").array("data");
    for (var row : page) {
      var task = views.seen(row);
      var bytes = answers.bytes(task, OpenAiView.id(task.id()), baseUrl);
      json.raw(new String(bytes, StandardCharsets.UTF_8));
    }
    json.endArray().field("has_more", hasMore);
    if (page.isEmpty()) {
      json.nulls("first_id", "last_id");
    } else {
      json.field("first_id", OpenAiView.id(page.getFirst().id()));
      json.field("last_id", OpenAiView.id(page.getLast().id()));
    }
    return json.endObject().bytes();
  }

  private static Order order(Request request) {
    var word = request.query("order").filter(text -> !text.isBlank()).orElse("desc");
    return switch (word) {
      case "desc" -> Order.NEWEST_FIRST;
      case "asc" -> Order.OLDEST_FIRST;
      default ->
          throw ApiError.field("order", "`order` must be asc or desc.", "`order` 可用：asc、desc。")
              .allowing(ORDERS)
              .refusal();
    };
  }

  private static Optional<TaskId> after(Request request) {
    return request
        .query("after")
        .filter(text -> !text.isBlank())
        .map(
            text ->
                AskedId.parse(text)
                    .map(AskedId::id)
                    .orElseThrow(
                        () ->
                            ApiError.field(
                                    "after", "`after` must be a video id.", "`after` 必须是视频 ID。")
                                .refusal()));
  }
}
