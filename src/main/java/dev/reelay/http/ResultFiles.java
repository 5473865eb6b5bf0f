package dev.reelay.http;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.Assets;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.task.ErrorCode;

/**
 * {@code GET /files/<asset>/<22 characters>.mp4}: a stored file, for whoever has its address. Until
 * the signature is checked nothing is looked up, so that unknown and wrong addresses answer alike;
 * what is past its expiry answers 410.
 */
public final class ResultFiles {
  private final ResultAddresses addresses;
  private final Assets assets;
  private final StoredFiles results;
  private final StoredFiles inputs;

  /**
   * @param results what providers made
   * @param inputs pictures of callers, for providers that fetch them
   */
  public ResultFiles(
      ResultAddresses addresses, Assets assets, StoredFiles results, StoredFiles inputs) {
    this.addresses = addresses;
    this.assets = assets;
    this.results = results;
    this.inputs = inputs;
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
    if (!name.endsWith(asset.extension())) {
      throw ApiError.of(ErrorCode.FILE_NOT_FOUND).refusal();
    }
    return place(asset).reply(request, asset);
  }

  private StoredFiles place(Asset asset) {
    return switch (asset.kind()) {
      case VIDEO, POSTER -> results;
      case INPUT -> inputs;
    };
  }
}
