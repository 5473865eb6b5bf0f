package dev.reelay.asset;

import dev.reelay.access.ResultSignature;

/**
 * Where a stored file is read: {@code /files/<asset>/<22 characters>.png}, behind a base URL.
 * Whoever has the address may read the file until it expires. Safe for use by many threads.
 */
public final class AssetAddresses {
  public static final String PREFIX = "/files/";

  private final ResultSignature signature;

  public AssetAddresses(ResultSignature signature) {
    this.signature = signature;
  }

  /** The path, which starts with a slash. */
  public String path(AssetId id, String contentType) {
    return PREFIX + id.value() + "/" + signature.sign(id.value()) + Asset.extension(contentType);
  }

  /** Whether the last part of a path is what we wrote, but for the ending. */
  public boolean isSigned(AssetId id, String name) {
    return name.length() > ResultSignature.CHARACTERS
        && name.charAt(ResultSignature.CHARACTERS) == '.'
        && signature.verify(id.value(), name.substring(0, ResultSignature.CHARACTERS));
  }
}
