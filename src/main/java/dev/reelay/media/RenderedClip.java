package dev.reelay.media;

/**
 * A finished sandbox video and its poster. The arrays are handed over, not copied: whoever asked
 * for the clip owns them.
 */
public final class RenderedClip {
  private final byte[] mp4;
  private final byte[] poster;

  RenderedClip(byte[] mp4, byte[] poster) {
    this.mp4 = mp4;
    this.poster = poster;
  }

  /** The whole MP4 file: H.264 in fast-start order (index before the pictures), no sound. */
  public byte[] mp4() {
    return mp4;
  }

  /** The first frame as a JPEG file, of the same size as the video. */
  public byte[] poster() {
    return poster;
  }
}
