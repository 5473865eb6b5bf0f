package dev.reelay.http.dialect.newapi;

import dev.reelay.http.Callers;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.dialect.CreateCalls;
import dev.reelay.http.dialect.CreateReader;
import dev.reelay.http.dialect.CreateVideo;
import dev.reelay.http.dialect.TaskQuery;

/** The handlers of {@code /v1/video/generations}. */
public final class NewApiVideos {
  private static final CreateCalls.Format FORMAT =
      new CreateCalls.Format("POST /v1/video/generations", NewApiView::created);

  private final Callers callers;
  private final CreateVideo create;
  private final CreateCalls creates;
  private final TaskQuery query;
  private final CreateReader reader;

  public NewApiVideos(Callers callers, CreateVideo create, CreateReader reader, TaskQuery query) {
    this.callers = callers;
    this.create = create;
    this.creates = new CreateCalls(create);
    this.query = query;
    this.reader = reader;
  }

  /** {@code POST /v1/video/generations}. */
  public Reply create(Request request) {
    var caller = callers.creating(request);
    var body = reader.bodies().read(request);
    return creates.answer(
        new CreateCalls.Call(request, caller, body.tree()),
        FORMAT,
        () -> NewApiCreate.read(body, reader.inputs(caller), () -> create.names(caller)));
  }

  /** {@code GET /v1/video/generations/{id}}: from memory, at once or with {@code wait}. */
  public Reply get(Request request) {
    return query.answer(request, callers.of(request), request.parameter("id"));
  }
}
