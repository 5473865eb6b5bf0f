package dev.reelay.http;

import java.util.List;
import java.util.function.Supplier;

/** Whether the process lives, and whether it can serve. Needs no key and tells no secrets. */
public final class Health {
  private static final Field NO_STORE = new Field(FieldName.CACHE_CONTROL, "no-store");

  private final Supplier<List<String>> obstacles;

  /**
   * Makes the handlers.
   *
   * @param obstacles words for what keeps us from serving, such as {@code database}; empty if
   *     nothing does
   */
  public Health(Supplier<List<String>> obstacles) {
    this.obstacles = obstacles;
  }

  /** {@code GET /healthz}: 200 as long as anything answers. */
  public Reply alive(Request request) {
    var json = new JsonText().object().field("status", "ok").endObject();
    return Reply.json(200, json.bytes()).with(NO_STORE);
  }

  /** {@code GET /readyz}: 200, or 503 with what is in the way. */
  public Reply ready(Request request) {
    var found = obstacles.get();
    var json = new JsonText().object();
    json.field("status", found.isEmpty() ? "ready" : "not_ready");
    if (!found.isEmpty()) {
      json.strings("obstacles", found);
    }
    return Reply.json(found.isEmpty() ? 200 : 503, json.endObject().bytes()).with(NO_STORE);
  }
}
