package dev.reelay.routing;

import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;

/**
 * The form of a video to be made, every value decided.
 *
 * @param seconds length, 1 to {@link #SECONDS_MAX}
 */
public record Shape(int seconds, Resolution resolution, AspectRatio ratio, boolean audio) {
  public static final int SECONDS_MAX = 3_600;
  private static final long MILLIS_PER_SECOND = 1_000;

  public Shape {
    if (seconds < 1 || seconds > SECONDS_MAX) {
      throw new IllegalArgumentException("seconds must be 1 to " + SECONDS_MAX + ": " + seconds);
    }
  }

  /** Pixels across: the short side has the resolution's lines, sides are even. */
  public int width() {
    return ratio.isLandscape() ? longSide() : resolution.lines();
  }

  /** Pixels down. */
  public int height() {
    return ratio.isLandscape() ? resolution.lines() : longSide();
  }

  /** What it may use at most. */
  public Usage usage() {
    return Usage.of(seconds * MILLIS_PER_SECOND, resolution, audio);
  }

  private int longSide() {
    var most = Math.max(ratio.wide(), ratio.high());
    var least = Math.min(ratio.wide(), ratio.high());
    return Math.round((float) resolution.lines() * most / least / 2) * 2;
  }
}
