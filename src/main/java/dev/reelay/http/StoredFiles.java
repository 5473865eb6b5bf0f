package dev.reelay.http;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.task.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Answers with the bytes of a stored file to whoever may have them. */
public final class StoredFiles {
  static final long MAX_AGE_SECONDS_MAX = 3_600;
  private static final int MILLIS_SHIFT = 16;

  private final AssetFiles files;
  private final InstantSource clock;

  public StoredFiles(AssetFiles files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  /**
   * The file, or the part of it that was asked for.
   *
   * @throws ApiRefusal 410 past its expiry, 404 if its bytes are not here
   */
  public Reply reply(Request request, Asset asset) {
    var now = clock.instant();
    if (asset.isGone(now)) {
      throw ApiError.of(ErrorCode.RESULT_EXPIRED).refusal();
    }
    var file = files.open(asset.id());
    if (file.isEmpty()) {
      throw ApiError.of(ErrorCode.FILE_NOT_FOUND).refusal();
    }
    return FileReply.of(request, stored(asset, file.get(), now));
  }

  private static FileReply.Stored stored(Asset asset, Path file, Instant now) {
    long left = Duration.between(now, asset.expiresAt()).toSeconds();
    var offer =
        new FileReply.Offer(asset.id() + asset.extension(), Math.min(left, MAX_AGE_SECONDS_MAX));
    return new FileReply.Stored(
        file, asset.bytes(), asset.sha256(), madeAt(asset), asset.contentType(), offer);
  }

  /** The id of an asset begins with the time at which it was made. */
  private static Instant madeAt(Asset asset) {
    long high = TimeOrderedIds.parse(asset.id().value()).getMostSignificantBits();
    return Instant.ofEpochMilli(high >>> MILLIS_SHIFT);
  }
}
