package dev.reelay.provider;

import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.Sha256;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.task.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The ids of a task's files that are not the caller's own: the task's own time, then a hash of task
 * and kind (a UUID of version 8), so that they follow from the task and still sort by time.
 */
public final class ResultIds {
  private static final long TIME_BITS = 0xFFFF_FFFF_FFFF_0000L;
  private static final long VERSION_8 = 0x8000L;
  private static final long HASH_BITS_HIGH = 0x0FFFL;
  private static final long HASH_BITS_LOW = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private ResultIds() {}

  public static AssetId of(TaskId task, AssetKind kind) {
    return of(task, kind.name());
  }

  /** The id of a picture that is fetched for a task: one for each address. */
  static AssetId ofPicture(TaskId task, String url) {
    return of(task, url);
  }

  private static AssetId of(TaskId task, String what) {
    var text = what + ":" + task.value();
    var hash = ByteBuffer.wrap(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    var time = TimeOrderedIds.parse(task.value()).getMostSignificantBits() & TIME_BITS;
    var high = time | VERSION_8 | (hash.getLong() & HASH_BITS_HIGH);
    var low = VARIANT | (hash.getLong() & HASH_BITS_LOW);
    return new AssetId(TimeOrderedIds.text(new UUID(high, low)));
  }
}
