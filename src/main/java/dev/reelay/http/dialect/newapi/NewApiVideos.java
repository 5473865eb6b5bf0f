package dev.reelay.http.dialect.newapi;

import dev.reelay.http.Callers;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.dialect.CreateReader;
import dev.reelay.http.dialect.CreateVideo;
import dev.reelay.http.dialect.CreateVideo.Repeatable;
import dev.reelay.http.dialect.Fingerprint;
import dev.reelay.http.dialect.IdempotencyKey;
import dev.reelay.http.dialect.TaskQuery;
import java.nio.charset.StandardCharsets;

/** The handlers of {@code /v1/video/generations}. */
public final class NewApiVideos {
  private static final String CREATE_ROUTE = "POST /v1/video/generations";

  private final Callers callers;
  private final CreateVideo create;
  private final TaskQuery query;
  private final CreateReader reader;

  public NewApiVideos(Callers callers, CreateVideo create, CreateReader reader, TaskQuery query) {
    this.callers = callers;
    this.create = create;
    this.query = query;
    this.reader = reader;
  }

  /** {@code POST /v1/video/generations}. */
  public Reply create(Request request) {
    var caller = callers.creating(request);
    var body = reader.bodies().read(request);
    var ask = NewApiCreate.read(body, reader.pictures(caller), () -> create.names(caller));
    var repeatable =
        IdempotencyKey.of(request)
            .map(
                key ->
                    new Repeatable(CREATE_ROUTE, key, Fingerprint.of(CREATE_ROUTE, body.tree())));
    var accepted = create.accept(caller, ask, NewApiView::created, repeatable);
    var reply = Reply.json(200, accepted.answer().getBytes(StandardCharsets.UTF_8));
    return accepted.isReplay()
        ? reply.with(new Field(FieldName.IDEMPOTENT_REPLAYED, "true"))
        : reply;
  }

  /** {@code GET /v1/video/generations/{id}}: from memory, at once or with {@code wait}. */
  public Reply get(Request request) {
    return query.answer(request, callers.of(request), request.parameter("id"));
  }
}
