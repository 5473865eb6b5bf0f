package dev.reelay.http.dialect.openai;

import dev.reelay.asset.Asset;
import dev.reelay.http.ApiError;
import dev.reelay.http.AskedId;
import dev.reelay.http.Callers;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.StoredFiles;
import dev.reelay.http.ViewCache;
import dev.reelay.http.dialect.TaskAccess;
import dev.reelay.http.dialect.TaskFacts;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Output;
import dev.reelay.task.Posters;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import java.util.List;

/**
 * {@code GET /v1/videos/{id}/content?variant=}: the bytes, with ranges. 404 for what nobody has,
 * 409 while there is no video, 410 once it has expired.
 */
public final class OpenAiContent {
  static final int NOT_READY_RETRY_SECONDS = 3;
  private static final List<String> VARIANTS = List.of("video", "thumbnail", "spritesheet");

  private final Callers callers;
  private final TaskAccess tasks;
  private final StoredFiles files;
  private final Posters posters;

  public OpenAiContent(Callers callers, ViewCache views, StoredFiles files, Posters posters) {
    this.callers = callers;
    this.tasks = new TaskAccess(views);
    this.files = files;
    this.posters = posters;
  }

  public Reply content(Request request) {
    var caller = callers.of(request);
    var task = tasks.find(caller, AskedId.parse(request.parameter("id")));
    var variant = request.query("variant").filter(text -> !text.isBlank()).orElse("video");
    if (!VARIANTS.contains(variant)) {
      throw unknownVariant().refusal();
    }
    if (!(task.state() instanceof TaskState.Succeeded(_, Output output, _, _))) {
      throw noVideo(task).refusal();
    }
    return files.reply(request, asset(variant, task, output));
  }

  private Asset asset(String variant, Task task, Output output) {
    return switch (variant) {
      case "video" -> output.video();
      case "thumbnail" ->
          posters
              .find(task)
              .orElseThrow(() -> ApiError.of(ErrorCode.THUMBNAIL_UNAVAILABLE).refusal());
      default -> throw ApiError.of(ErrorCode.SPRITESHEET_UNAVAILABLE).refusal();
    };
  }

  private static ApiError unknownVariant() {
    var allowed = String.join(", ", VARIANTS);
    return ApiError.field(
            "variant", "`variant` must be one of " + allowed + ".", "`variant` 可用：" + allowed + "。")
        .allowing(VARIANTS);
  }

  /** Why a task that did not succeed has no video. */
  static ApiError noVideo(Task task) {
    return TaskFacts.failure(task)
        .map(
            failure ->
                ApiError.of(
                        ErrorCode.VIDEO_FAILED,
                        ErrorCode.VIDEO_FAILED.english() + " " + failure.message(),
                        ErrorCode.VIDEO_FAILED.chinese() + failure.message())
                    .fact("failure_code", failure.code().wire()))
        .orElseGet(
            () -> ApiError.of(ErrorCode.VIDEO_NOT_READY).retryAfter(NOT_READY_RETRY_SECONDS));
  }
}
