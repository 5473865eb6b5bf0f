package dev.reelay.task;

import dev.reelay.asset.AssetId;

/**
 * A video or a sound that a caller gave as a reference. What a model makes of it is the model's
 * own: a motion or a style to follow, a voice to speak with, footage to change.
 */
public sealed interface Clip {
  ClipKind kind();

  /** As the caller sees it again: an address as sent, or what tells kept bytes apart. */
  String shown();

  /** One that lies elsewhere; the provider fetches it. */
  record Web(String url, ClipKind kind) implements Clip {
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
  record Stored(AssetId asset, String contentType, long bytes, String sha256, ClipKind kind)
      implements Clip {
    @Override
    public String shown() {
      return "data:" + contentType + ";sha256=" + sha256 + ";bytes=" + bytes;
    }
  }
}
