package dev.reelay.http.dialect;

import dev.reelay.access.Caller;
import dev.reelay.http.AskedId;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.ViewCache;

/**
 * Answers a query about one task from memory, at once or with {@code wait}: alike in all formats.
 */
public final class TaskQuery {
  private final TaskAccess tasks;
  private final ReadyAnswers answers;
  private final LongPoll waits;

  /**
   * Makes the answers of one dialect.
   *
   * @param answers what it shows of a task
   */
  public TaskQuery(ViewCache views, ReadyAnswers answers, LongPoll waits) {
    this.tasks = new TaskAccess(views);
    this.answers = answers;
    this.waits = waits;
  }

  /**
   * The task as it stands.
   *
   * @param id as the caller wrote it
   * @throws dev.reelay.http.ApiRefusal 404 if the caller's tenant has none such
   */
  public Reply answer(Request request, Caller caller, String id) {
    var asked = AskedId.parse(id);
    var base = request.baseUrl();
    var watched = asked.map(AskedId::id).stream().toList();
    return waits.answer(
        request,
        caller.tenant().id(),
        watched,
        () -> {
          var task = tasks.find(caller, asked);
          return new LongPoll.Shown(answers.of(task, id, base), task.isFinal());
        });
  }
}
