package dev.reelay.asset;

/** Names a stored file: 26 characters as {@link TimeOrderedIds} writes them. */
public record AssetId(String value) {
  public AssetId {
    if (!TimeOrderedIds.isText(value)) {
      throw new IllegalArgumentException("not an asset id");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
