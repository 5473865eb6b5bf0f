package dev.reelay.task;

import dev.reelay.asset.AssetId;

/** A picture that a caller gave with a request. */
public sealed interface Picture {
  /** As the caller sees it again: an address as sent, or what tells kept bytes apart. */
  String shown();

  /** One that lies elsewhere; the provider fetches it. */
  record Web(String url) implements Picture {
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
  record Stored(AssetId asset, String contentType, long bytes, String sha256) implements Picture {
    @Override
    public String shown() {
      return "data:" + contentType + ";sha256=" + sha256 + ";bytes=" + bytes;
    }
  }
}
