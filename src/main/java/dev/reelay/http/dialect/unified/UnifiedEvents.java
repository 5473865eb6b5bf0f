package dev.reelay.http.dialect.unified;

import dev.reelay.http.ApiError;
import dev.reelay.http.AskedId;
import dev.reelay.http.Callers;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.ViewCache;
import dev.reelay.http.WaitingRoom;
import dev.reelay.http.dialect.ReadyAnswers;
import dev.reelay.http.dialect.TaskAccess;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.TaskStore;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code GET /v1/video/events?id=}: a task's steps as server-sent events, from the one after {@code
 * Last-Event-ID} or from now. A stream holds a place from here until its last byte.
 */
public final class UnifiedEvents {
  static final int PLACE_RETRY_SECONDS = 15;
  private static final int NO_CONTENT = 204;
  private static final List<Field> FIELDS =
      List.of(
          new Field(FieldName.CONTENT_TYPE, "text/event-stream"),
          new Field(FieldName.CACHE_CONTROL, "no-store, no-transform"),
          // A proxy that gathers what it passes on would make the events late.
          new Field(FieldName.X_ACCEL_BUFFERING, "no"));

  private final Callers callers;
  private final Sources sources;
  private final WaitingRoom room;
  private final InstantSource clock;

  /** Where a stream finds what it tells. */
  public record Sources(ViewCache views, TaskStore store, ReadyAnswers answers) {}

  public UnifiedEvents(Callers callers, Sources sources, WaitingRoom room, InstantSource clock) {
    this.callers = callers;
    this.sources = sources;
    this.room = room;
    this.clock = clock;
  }

  /** Opens a stream; 204 tells a client that has seen the last event not to come again. */
  public Reply events(Request request) {
    var caller = callers.of(request);
    var id = UnifiedQuery.id(request).orElseThrow(() -> TaskAccess.missingId().refusal());
    var tasks = new TaskAccess(sources.views());
    var asked = AskedId.parse(id);
    var task = tasks.find(caller, asked);
    var seen = EventId.parse(lastEventId(request));
    if (task.isFinal() && !EventId.of(task).isAfter(seen)) {
      return Reply.empty(NO_CONTENT);
    }
    if (request.method().equals("HEAD")) {
      return Reply.empty(200, FIELDS.toArray(Field[]::new));
    }
    var stream =
        new EventStream(
            new EventStream.Subject(task.id(), id, request.baseUrl()),
            () -> asked.flatMap(mine -> tasks.lookUp(caller, mine)),
            sources,
            seen,
            clock);
    var place = room.enter(caller.tenant().id()).orElseThrow(() -> full().refusal());
    return new Reply.Streaming(
        200,
        FIELDS,
        out -> {
          try (place) {
            stream.writeTo(out);
          }
        });
  }

  /** The header field that browsers send by themselves, or a parameter for a first connection. */
  private static String lastEventId(Request request) {
    return request
        .header(FieldName.LAST_EVENT_ID)
        .or(() -> request.query("last_event_id"))
        .orElse("");
  }

  private static ApiError full() {
    return ApiError.of(ErrorCode.STREAM_LIMIT)
        .fact("limit", String.valueOf(WaitingRoom.PLACES_PER_TENANT_MAX))
        .retryAfter(PLACE_RETRY_SECONDS);
  }
}
