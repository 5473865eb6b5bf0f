package dev.reelay.http;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.Assets;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.task.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * {@code GET /files/<asset>/<22 characters>.mp4}: a stored result, for whoever has its address.
 * Until the signature is checked nothing is looked up, so that unknown and wrong addresses answer
 * alike; what is past its expiry answers 410.
 */
public final class ResultFiles {
  static final long MAX_AGE_SECONDS_MAX = 3_600;
  private static final int MILLIS_SHIFT = 16;

  private final ResultAddresses addresses;
  private final Assets assets;
  private final AssetFiles files;
  private final InstantSource clock;

  public ResultFiles(
      ResultAddresses addresses, Assets assets, AssetFiles files, InstantSource clock) {
    this.addresses = addresses;
    this.assets = assets;
    this.files = files;
    this.clock = clock;
  }

  public Reply file(Request request) {
    var id = request.parameter("asset");
    var name = request.parameter("name");
    if (!TimeOrderedIds.isText(id) || !addresses.isSigned(new AssetId(id), name)) {
      throw ApiError.of(ErrorCode.FILE_NOT_FOUND).refusal();
    }
    var owned = assets.find(new AssetId(id));
    if (owned.isEmpty() || owned.get().taskDeleted()) {
      throw ApiError.of(ErrorCode.FILE_NOT_FOUND).refusal();
    }
    var asset = owned.get().asset();
    var now = clock.instant();
    if (asset.isGone(now)) {
      throw ApiError.of(ErrorCode.RESULT_EXPIRED).refusal();
    }
    var file = files.open(asset.id());
    if (file.isEmpty() || !name.endsWith(asset.extension())) {
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
