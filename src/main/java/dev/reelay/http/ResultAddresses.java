package dev.reelay.http;

import dev.reelay.access.ResultSignature;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetAddresses;
import dev.reelay.asset.AssetId;

/** Where a stored file is read: {@code /files/<asset>/<22 characters>.mp4}, behind a base URL. */
public final class ResultAddresses {
  static final String PREFIX = AssetAddresses.PREFIX;

  private final AssetAddresses addresses;

  public ResultAddresses(ResultSignature signature) {
    this.addresses = new AssetAddresses(signature);
  }

  /** The path, which starts with a slash. Whoever has it may read the file until it expires. */
  public String path(Asset asset) {
    return addresses.path(asset.id(), asset.contentType());
  }

  /** Whether the last part of a path is what we wrote, but for the ending. */
  boolean isSigned(AssetId id, String name) {
    return addresses.isSigned(id, name);
  }
}
