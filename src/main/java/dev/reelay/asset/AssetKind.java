package dev.reelay.asset;

/** What a stored file is to its task. */
public enum AssetKind {
  /** The result that success needs. */
  VIDEO,
  /** A still picture of the result. */
  POSTER,
  /** A picture, video or sound that the caller gave. */
  INPUT
}
