package dev.reelay.routing;

import java.util.regex.Pattern;

/** Width to height, such as 16:9. Both 1 to 99. */
public record AspectRatio(int wide, int high) {
  public static final AspectRatio LANDSCAPE = new AspectRatio(16, 9);
  public static final AspectRatio PORTRAIT = new AspectRatio(9, 16);
  public static final AspectRatio SQUARE = new AspectRatio(1, 1);
  private static final Pattern RATIO = Pattern.compile("([1-9][0-9]?)[:xX*]([1-9][0-9]?)");

  public AspectRatio {
    if (wide < 1 || high < 1 || wide > 99 || high > 99) {
      throw new IllegalArgumentException("a ratio has sides from 1 to 99");
    }
  }

  /**
   * Reads {@code 16:9} or {@code 16x9}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static AspectRatio parse(String text) {
    var matcher = RATIO.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no ratio such as 16:9: " + text);
    }
    return new AspectRatio(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  public boolean isPortrait() {
    return high > wide;
  }

  public boolean isLandscape() {
    return wide > high;
  }

  /** {@code portrait}, {@code landscape} or {@code square}. */
  public String orientation() {
    return isPortrait() ? "portrait" : isLandscape() ? "landscape" : "square";
  }

  /** How far two ratios are apart: 0 for the same shape, symmetric, without unit. */
  double distance(AspectRatio other) {
    return Math.abs(Math.log((double) wide / high) - Math.log((double) other.wide / other.high));
  }

  @Override
  public String toString() {
    return wide + ":" + high;
  }
}
