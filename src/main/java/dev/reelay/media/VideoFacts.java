package dev.reelay.media;

/**
 * What a video file says about itself. Width and height are pixels as shown (a rotated picture is
 * counted as turned), 1 to {@link #SIDE_PIXELS_MAX}; the length is that of the pictures in
 * milliseconds, 1 to {@link #DURATION_MILLIS_MAX}; audio tells whether there is a sound track.
 */
public record VideoFacts(int width, int height, long durationMillis, boolean audio) {
  public static final int SIDE_PIXELS_MAX = 16_384;
  public static final long DURATION_MILLIS_MAX = 24L * 60 * 60 * 1_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a side or the length is out of range
   */
  public VideoFacts {
    if (!isSide(width) || !isSide(height)) {
      throw new IllegalArgumentException("no size of a video: " + width + " x " + height);
    }
    if (!isDuration(durationMillis)) {
      throw new IllegalArgumentException("no length of a video: " + durationMillis + " ms");
    }
  }

  static boolean isSide(int pixels) {
    return pixels >= 1 && pixels <= SIDE_PIXELS_MAX;
  }

  static boolean isDuration(long millis) {
    return millis >= 1 && millis <= DURATION_MILLIS_MAX;
  }
}
