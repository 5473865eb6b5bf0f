package dev.reelay.task;

import dev.reelay.asset.AssetId;

/** A picture that a caller gave with a request. */
public sealed interface Picture {
  /** What it is for; decided before there is a task. */
  PictureRole role();

  /** As the caller sees it again: an address as sent, or what tells kept bytes apart. */
  String shown();

  /** One that lies elsewhere; the provider fetches it. */
  record Web(String url, PictureRole role) implements Picture {
    /** A first frame. */
    public Web(String url) {
      this(url, PictureRole.FIRST_FRAME);
    }

    @Override
    public String shown() {
      return url;
    }
  }

  /**
   * One whose bytes were sent and are kept here.
   *
   * @param contentType MIME type as sniffed
   * @param bytes size
   * @param sha256 64 lower-case hex digits
   */
  record Stored(AssetId asset, String contentType, long bytes, String sha256, PictureRole role)
      implements Picture {
    /** A first frame. */
    public Stored(AssetId asset, String contentType, long bytes, String sha256) {
      this(asset, contentType, bytes, sha256, PictureRole.FIRST_FRAME);
    }

    @Override
    public String shown() {
      return "data:" + contentType + ";sha256=" + sha256 + ";bytes=" + bytes;
    }
  }
}
