package dev.reelay.http.dialect.unified;

import dev.reelay.http.ApiError;
import dev.reelay.http.AskedId;
import dev.reelay.http.Callers;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.ViewCache;
import dev.reelay.http.dialect.BodyReader;
import dev.reelay.http.dialect.CreateCalls;
import dev.reelay.http.dialect.CreateReader;
import dev.reelay.http.dialect.CreateVideo;
import dev.reelay.http.dialect.Fields;
import dev.reelay.http.dialect.ReadyAnswers;
import dev.reelay.http.dialect.TaskAccess;
import dev.reelay.http.dialect.UnifiedCreate;
import dev.reelay.task.AdvanceTask.Advance;
import dev.reelay.task.CancelTask;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Task;
import java.util.Optional;

/** The handlers of the unified format that change something: create and cancel. */
public final class UnifiedRequests {
  public static final int CANCEL_BODY_BYTES_MAX = 16 << 10;
  private static final CreateCalls.Format FORMAT =
      new CreateCalls.Format("POST /v1/video/create", CreateView::of);

  private final Callers callers;
  private final CreateVideo create;
  private final CreateCalls creates;
  private final ViewCache views;
  private final TaskAccess tasks;
  private final ReadyAnswers answers;
  private final CancelTask cancel;
  private final CreateReader reader;
  private final BodyReader cancelBody = new BodyReader(CANCEL_BODY_BYTES_MAX);

  public UnifiedRequests(
      Callers callers,
      CreateVideo create,
      ViewCache views,
      ReadyAnswers answers,
      CancelTask cancel,
      CreateReader reader) {
    this.callers = callers;
    this.create = create;
    this.creates = new CreateCalls(create);
    this.views = views;
    this.tasks = new TaskAccess(views);
    this.answers = answers;
    this.cancel = cancel;
    this.reader = reader;
  }

  /** {@code POST /v1/video/create}: 200 as soon as the task and its hold are committed. */
  public Reply create(Request request) {
    var caller = callers.creating(request);
    var body = reader.bodies().read(request);
    return creates.answer(
        new CreateCalls.Call(request, caller, body.tree()),
        FORMAT,
        () -> UnifiedCreate.read(body, reader.inputs(caller), () -> create.names(caller)));
  }

  /** {@code POST /v1/video/cancel}: the id in the body or the query; answers as a query does. */
  public Reply cancel(Request request) {
    var caller = callers.of(request);
    var id = UnifiedQuery.id(request).or(() -> bodyId(request));
    if (id.isEmpty()) {
      throw TaskAccess.missingId().refusal();
    }
    var task = tasks.find(caller, AskedId.parse(id.get()));
    return switch (cancel.cancel(task, "key " + caller.key().display())) {
      case Advance.Now(Task now, _) -> answers.of(views.seen(now), id.get(), request.baseUrl());
      case Advance.Refused(_, ErrorCode code, _) -> throw ApiError.of(code).refusal();
      case Advance.Missing _ -> throw ApiError.of(ErrorCode.TASK_NOT_FOUND).refusal();
    };
  }

  private Optional<String> bodyId(Request request) {
    return cancelBody
        .readAny(request)
        .flatMap(body -> new Fields(body.tree()).first("id", "task_id"))
        .map(sent -> Fields.text(sent, AskedId.CHARS_MAX));
  }
}
