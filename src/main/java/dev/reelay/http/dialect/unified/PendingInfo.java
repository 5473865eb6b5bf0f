package dev.reelay.http.dialect.unified;

import dev.reelay.http.JsonText;
import dev.reelay.http.dialect.TaskFacts;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Task;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The object {@code pending_info}: every key of the published page in the page's type and order.
 * What we do not know is null where the page has null, else the page's own constant.
 */
final class PendingInfo {
  private static final int FRAMES_PER_SECOND = 30;
  private static final int PERCENT = 100;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private PendingInfo() {}

  static void write(JsonText json, Task task, String user) {
    var request = task.request();
    var shape = request.shape();
    json.object("pending_info").field("id", task.id().prefixed());
    var seed = request.options().get("seed");
    if (seed == null) {
      json.nulls("seed");
    } else {
      json.number("seed", seed);
    }
    json.field("type", "video_gen")
        .field("user", user)
        .field("model", request.form().requested().value())
        .field("title", "New Video")
        .field("width", shape.width())
        .field("height", shape.height())
        .field("prompt", TaskFacts.shown(task, request.prompt()))
        .nulls("sdedit")
        .field("status", UnifiedView.word(task))
        .nulls("actions", "guidance")
        .field("n_frames", (long) shape.seconds() * FRAMES_PER_SECOND)
        .field("priority", 1)
        .field("operation", "simple_compose")
        .nulls("preset_id")
        .field("created_at", micros(task.accepted().createdAt()))
        .field("n_variants", 1)
        .nulls("project_id", "request_id")
        .strings("generations", List.of())
        .nulls("tracking_id")
        .number("progress_pct", fraction(TaskFacts.progress(task)))
        .nulls("remix_config");
    writePictures(json, task);
    writeVerdict(json, task);
    json.field("needs_user_review", false)
        .nulls("queue_status_message", "progress_pos_in_queue")
        .field("num_unsafe_generations", isRefused(task) ? 1 : 0)
        .nulls("estimated_queue_wait_time")
        .endObject();
  }

  private static void writePictures(JsonText json, Task task) {
    json.array("inpaint_items");
    for (var i = 0; i < task.request().images().size(); i++) {
      json.object()
          .field("type", "image")
          .nulls("preset_id", "crop_bounds")
          .field("frame_index", 0)
          .nulls("cameo_file_id", "generation_id")
          .field("upload_media_id", "media_" + task.id().value() + "_" + i)
          .field("source_end_frame", 0)
          .nulls("uploaded_file_id")
          .field("source_start_frame", 0)
          .endObject();
    }
    json.endArray();
  }

  private static void writeVerdict(JsonText json, Task task) {
    json.nulls("interpolation", "is_storyboard");
    TaskFacts.failure(task)
        .map(failure -> TaskFacts.shown(task, failure.message()))
        .ifPresentOrElse(
            reason -> json.field("failure_reason", reason), () -> json.nulls("failure_reason"));
    json.nulls("organization_id");
    json.object("moderation_result")
        .nulls("code")
        .field("type", isRefused(task) ? "failed" : "passed")
        .field("task_id", task.id().prefixed())
        .field("is_output_rejection", false)
        .object("results_by_frame_index")
        .endObject()
        .endObject();
  }

  private static boolean isRefused(Task task) {
    return TaskFacts.failure(task)
        .filter(failure -> failure.code() == ErrorCode.CONTENT_REFUSED)
        .isPresent();
  }

  private static String micros(Instant instant) {
    return MICROS.format(instant);
  }

  /** 0 to 1 with two decimal places, always with a point: some clients want a float. */
  private static String fraction(int percent) {
    int rest = percent % PERCENT;
    return percent / PERCENT + (rest < 10 ? ".0" : ".") + rest;
  }
}
