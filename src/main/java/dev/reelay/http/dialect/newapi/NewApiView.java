package dev.reelay.http.dialect.newapi;

import dev.reelay.asset.Asset;
import dev.reelay.http.JsonText;
import dev.reelay.http.ResultAddresses;
import dev.reelay.http.Segments;
import dev.reelay.http.Segments.Hole;
import dev.reelay.http.dialect.TaskFacts;
import dev.reelay.http.dialect.View;
import dev.reelay.routing.Shape;
import dev.reelay.task.Output;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * {@code {code:"success",message,data}}: the members of new-api's generic answer, then those of its
 * task record that programs read. Before completion it holds no URL; texts of the caller are
 * defanged until then.
 */
public final class NewApiView implements View {
  static final String SUCCESS = "success";
  private static final int MILLIS_DIGITS = 3;

  private final ResultAddresses addresses;

  public NewApiView(ResultAddresses addresses) {
    this.addresses = addresses;
  }

  /** The answer to a create: the id under both names that programs look for, and the word. */
  static String created(Task task) {
    return new JsonText()
        .object()
        .field("id", task.id().prefixed())
        .field("task_id", task.id().prefixed())
        .field("object", "video")
        .field("model", task.request().form().requested().value())
        .field("status", NewApiWord.QUEUED.text())
        .field("created_at", task.accepted().createdAt().getEpochSecond())
        .endObject()
        .toString();
  }

  @Override
  public Segments render(Task task) {
    var json = new JsonText().object().field("code", SUCCESS).field("message", "").object("data");
    json.holed("task_id", Hole.ID, "");
    json.field("status", NewApiWord.of(task.state().kind()).text());
    writeResult(json, task);
    writeError(json, task);
    json.field("progress", TaskFacts.progress(task) + "%");
    json.field("submit_time", task.accepted().createdAt().getEpochSecond());
    json.field("finish_time", task.state().finishedAt().map(Instant::getEpochSecond).orElse(0L));
    return json.endObject().endObject().segments();
  }

  private void writeResult(JsonText json, Task task) {
    if (!(task.state() instanceof TaskState.Succeeded(_, Output output, _, _))) {
      json.nulls("url", "format", "metadata");
      return;
    }
    var video = output.video();
    var path = addresses.path(video);
    json.holed("url", Hole.BASE_URL, path).holed("result_url", Hole.BASE_URL, path);
    json.field("format", video.extension().substring(1));
    writeFacts(json, video, task.request().shape());
  }

  /** As probed; where the probe could not tell, as asked for. */
  private static void writeFacts(JsonText json, Asset video, Shape shape) {
    json.object("metadata")
        .number("duration", seconds(video.millis()))
        .field("width", video.width() > 0 ? video.width() : shape.width())
        .field("height", video.height() > 0 ? video.height() : shape.height())
        .endObject();
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, MILLIS_DIGITS).toPlainString();
  }

  /** Their code in this place is a number: the HTTP status that the same fact would be. */
  private static void writeError(JsonText json, Task task) {
    var failure = TaskFacts.failure(task);
    if (failure.isEmpty()) {
      json.nulls("error").field("fail_reason", "");
      return;
    }
    var code = failure.get().code();
    var message = TaskFacts.shown(task, failure.get().message());
    json.object("error").field("code", code.status()).field("message", message).endObject();
    json.field("error_code", code.wire()).field("fail_reason", message);
  }
}
