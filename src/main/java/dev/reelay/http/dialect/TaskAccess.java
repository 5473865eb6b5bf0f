package dev.reelay.http.dialect;

import dev.reelay.access.Caller;
import dev.reelay.http.ApiError;
import dev.reelay.http.AskedId;
import dev.reelay.http.ViewCache;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Task;
import java.util.Optional;

/**
 * Finds the task that a caller names. One that is another tenant's, deleted or unknown is the same
 * 404, so that nobody learns which ids exist.
 */
public final class TaskAccess {
  private final ViewCache views;

  public TaskAccess(ViewCache views) {
    this.views = views;
  }

  /**
   * The task behind an id.
   *
   * @throws dev.reelay.http.ApiRefusal 404 if the caller's tenant has none such
   */
  public Task find(Caller caller, Optional<AskedId> asked) {
    return asked
        .flatMap(id -> lookUp(caller, id))
        .orElseThrow(() -> ApiError.of(ErrorCode.TASK_NOT_FOUND).refusal());
  }

  /** As {@link #find}, where a miss is no refusal. */
  public Optional<Task> lookUp(Caller caller, AskedId asked) {
    return views.find(asked.id()).filter(task -> isVisible(task, caller));
  }

  private static boolean isVisible(Task task, Caller caller) {
    return task.tenant().equals(caller.tenant().id()) && task.marks().deletedAt().isEmpty();
  }

  public static ApiError missingId() {
    return ApiError.field(
        "id", "`id` is missing: the id that the create gave.", "缺少 `id`：请填写创建任务时返回的 ID。");
  }
}
