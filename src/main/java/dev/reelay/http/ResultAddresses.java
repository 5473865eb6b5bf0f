package dev.reelay.http;

import dev.reelay.access.ResultSignature;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;

/** Where a stored file is read: {@code /files/<asset>/<22 characters>.mp4}, behind a base URL. */
public final class ResultAddresses {
  static final String PREFIX = "/files/";

  private final ResultSignature signature;

  public ResultAddresses(ResultSignature signature) {
    this.signature = signature;
  }

  /** The path, which starts with a slash. Whoever has it may read the file until it expires. */
  public String path(Asset asset) {
    var id = asset.id().value();
    return PREFIX + id + "/" + signature.sign(id) + asset.extension();
  }

  /** Whether the last part of a path is what we wrote, but for the ending. */
  boolean isSigned(AssetId id, String name) {
    return name.length() > ResultSignature.CHARACTERS
        && name.charAt(ResultSignature.CHARACTERS) == '.'
        && signature.verify(id.value(), name.substring(0, ResultSignature.CHARACTERS));
  }
}
