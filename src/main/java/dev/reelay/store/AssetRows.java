package dev.reelay.store;

import dev.reelay.asset.Asset;
import dev.reelay.task.Task;

/** Writes the rows of a task's files, within the transaction that changes the task. */
final class AssetRows {
  /** Ids are the same at each try, so that a fetch repeated after a crash replaces its rows. */
  private static final String KEEP =
      """
      insert into asset (id, tenant_id, task_id, kind, content_type, bytes, sha256, width, height,
        millis, expires_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set content_type = excluded.content_type, bytes = excluded.bytes,
        sha256 = excluded.sha256, width = excluded.width, height = excluded.height,
        millis = excluded.millis, expires_at = excluded.expires_at, removed_at = null
      where asset.task_id = excluded.task_id\
      """;

  /** The cleaner removes the bytes: a disk that fails must not keep a task from being deleted. */
  private static final String EXPIRE =
      "update asset set expires_at = least(expires_at, ?) where task_id = ? and removed_at is null";

  private AssetRows() {}

  static void keep(Script script, Task task, Asset asset) {
    script.add(
        KEEP,
        asset.id().value(),
        task.tenant().value(),
        task.id().value(),
        AssetJson.kind(asset),
        asset.contentType(),
        asset.bytes(),
        asset.sha256(),
        asset.width(),
        asset.height(),
        asset.millis(),
        isDeleted(task) ? task.marks().updatedAt() : asset.expiresAt());
  }

  private static boolean isDeleted(Task task) {
    return task.marks().deletedAt().isPresent();
  }

  /** Nobody may ask for the task's files any more, however many it has. */
  static void expire(Script script, Task task) {
    script.addForAny(EXPIRE, task.marks().updatedAt(), task.id().value());
  }
}
