package dev.reelay.http.dialect.unified;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.access.Caller;
import dev.reelay.http.ApiError;
import dev.reelay.http.AskedId;
import dev.reelay.http.Callers;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.ViewCache;
import dev.reelay.http.dialect.LongPoll;
import dev.reelay.http.dialect.ReadyAnswers;
import dev.reelay.http.dialect.TaskAccess;
import dev.reelay.http.dialect.TaskQuery;
import dev.reelay.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code GET /v1/video/query}: one task by {@code id}, or many by {@code ids}, from memory, at once
 * or with {@code wait}. A body on it is never read.
 */
public final class UnifiedQuery {
  static final int IDS_MAX = 100;

  /** So many ids of one call count as one query of the caller's rate. */
  static final int IDS_PER_QUERY = 10;

  private final Callers callers;
  private final TaskAccess tasks;
  private final ReadyAnswers answers;
  private final LongPoll waits;
  private final TaskQuery single;

  public UnifiedQuery(Callers callers, ViewCache views, ReadyAnswers answers, LongPoll waits) {
    this.callers = callers;
    this.tasks = new TaskAccess(views);
    this.answers = answers;
    this.waits = waits;
    this.single = new TaskQuery(views, answers, waits);
  }

  /** Answers a query. */
  public Reply query(Request request) {
    var ids = ids(request);
    return ids.isEmpty() ? one(request, callers.of(request)) : many(request, ids);
  }

  private Reply one(Request request, Caller caller) {
    var id = id(request).orElseThrow(() -> TaskAccess.missingId().refusal());
    return single.answer(request, caller, id);
  }

  private Reply many(Request request, List<String> ids) {
    var caller = callers.of(request, Math.ceilDiv(Math.min(ids.size(), IDS_MAX), IDS_PER_QUERY));
    if (ids.size() > IDS_MAX) {
      throw ApiError.field(
              "ids", "`ids` may name at most " + IDS_MAX + ".", "`ids` 最多 " + IDS_MAX + " 个。")
          .refusal();
    }
    var watched = ids.stream().flatMap(id -> AskedId.parse(id).stream()).map(AskedId::id).toList();
    var language = request.header(FieldName.ACCEPT_LANGUAGE).orElse("");
    var base = request.baseUrl();
    return waits.answer(
        request, caller.tenant().id(), watched, () -> shown(caller, ids, base, language));
  }

  private LongPoll.Shown shown(Caller caller, List<String> ids, String base, String language) {
    var list = new AnswerList();
    boolean isFinal = true;
    for (var id : ids) {
      var task = find(caller, id);
      if (task.isPresent()) {
        list.add(answers.of(task.get(), id, base));
        isFinal &= task.get().isFinal();
      } else {
        list.addMissing(UnifiedErrors.missing(id, language).getBytes(UTF_8));
      }
    }
    return new LongPoll.Shown(list.reply(), isFinal);
  }

  private Optional<Task> find(Caller caller, String id) {
    return AskedId.parse(id).flatMap(asked -> tasks.lookUp(caller, asked));
  }

  /** The one id that a request names. */
  static Optional<String> id(Request request) {
    return request.query("id").or(() -> request.query("task_id")).filter(id -> !id.isBlank());
  }

  /** The ids that it names, separated by commas, in one parameter or in several. */
  private static List<String> ids(Request request) {
    var lists = request.queryAll("ids");
    return lists.isEmpty()
        ? List.of()
        : lists.stream()
            .flatMap(list -> Stream.of(list.split(",", -1)))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .limit(IDS_MAX + 1L)
            .toList();
  }
}
