package dev.reelay.http.dialect.unified;

import dev.reelay.http.AskedId;
import dev.reelay.http.JsonText;
import dev.reelay.http.dialect.WebAddress;
import dev.reelay.task.Task;

/**
 * The answer to a create: the fields of both families of relays, and no URL, for some clients take
 * the first one they see as the finished video.
 */
final class CreateView {
  private CreateView() {}

  static String of(Task task) {
    var request = task.request();
    var shape = request.shape();
    var id = AskedId.withModel(request.form().requested(), task.id()).text();
    var created = task.accepted().createdAt();
    var json =
        new JsonText()
            .object()
            .field("id", id)
            .field("task_id", id)
            .field("object", "video")
            .field("model", request.form().requested().value())
            .field("status", Word.PENDING.text())
            .field("progress", 0)
            .field("created_at", created.getEpochSecond())
            .field("status_update_time", created.toEpochMilli())
            .field("enhanced_prompt", "")
            .field("seconds", String.valueOf(shape.seconds()))
            .field("size", shape.width() + "x" + shape.height())
            .strings(
                "warnings",
                request.extras().warnings().stream().map(WebAddress::defanged).toList());
    return json.endObject().toString();
  }
}
