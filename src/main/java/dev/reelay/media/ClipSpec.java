package dev.reelay.media;

/**
 * What a sandbox video shall be. Sides are pixels, {@link #SIDE_PIXELS_MIN} to {@link
 * #SIDE_PIXELS_MAX}; the length is whole seconds, 1 to {@link #SECONDS_MAX}. H.264 with halved
 * colour planes has even sides only, so an odd side is made one smaller here, and the file says
 * exactly the size that this record says. The prompt may be any text, also empty or very long; the
 * label is the short word shown in the corner.
 */
public record ClipSpec(int width, int height, int seconds, String prompt, String label) {
  public static final int SIDE_PIXELS_MIN = 64;
  public static final int SIDE_PIXELS_MAX = 2048;
  public static final int SECONDS_MAX = 60;

  /**
   * Checks and makes the sides even.
   *
   * @throws IllegalArgumentException if a side or the length is out of range
   */
  public ClipSpec {
    width = evenSide(width);
    height = evenSide(height);
    if (seconds < 1 || seconds > SECONDS_MAX) {
      throw new IllegalArgumentException("a clip has 1 to " + SECONDS_MAX + " seconds: " + seconds);
    }
  }

  private static int evenSide(int pixels) {
    if (pixels < SIDE_PIXELS_MIN || pixels > SIDE_PIXELS_MAX) {
      throw new IllegalArgumentException(
          "a side has " + SIDE_PIXELS_MIN + " to " + SIDE_PIXELS_MAX + " pixels: " + pixels);
    }
    return pixels & ~1;
  }
}
