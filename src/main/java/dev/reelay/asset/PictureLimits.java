package dev.reelay.asset;

/** How large a picture of a caller may be, wherever it comes from. */
public final class PictureLimits {
  public static final int BYTES_MAX = 20 << 20;

  /** A header that promises more would be a bomb for whoever decodes it. */
  public static final long PIXELS_MAX = 64_000_000;

  public static final int SIDE_PIXELS_MAX = 16_384;

  private PictureLimits() {}

  /** Whether it has not more pixels than a picture may have. */
  public static boolean allow(PictureProbe.Facts facts) {
    return facts.pixels() <= PIXELS_MAX
        && Math.max(facts.width(), facts.height()) <= SIDE_PIXELS_MAX;
  }
}
