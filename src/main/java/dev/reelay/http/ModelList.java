package dev.reelay.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** {@code GET /v1/models}: what may be asked for now, in OpenAI's list. Needs a key. */
public final class ModelList {
  private final Callers callers;
  private final Supplier<List<String>> names;

  /**
   * Makes the handler.
   *
   * @param names models and aliases that somebody serves now
   */
  public ModelList(Callers callers, Supplier<List<String>> names) {
    this.callers = callers;
    this.names = names;
  }

  public Reply list(Request request) {
    var scope = callers.of(request).key().scope();
    var json = new JsonText().object().field("object", "list").array("data");
    for (var name : names.get().stream().filter(scope::allowsModel).toList()) {
      json.object()
          .field("id", name)
          .field("object", "model")
          .field("created", 0)
          .field("owned_by", "reelay")
          .endObject();
    }
    var text = json.endArray().field("success", true).endObject().toString();
    return Reply.json(200, text.getBytes(StandardCharsets.UTF_8));
  }
}
