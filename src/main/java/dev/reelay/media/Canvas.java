package dev.reelay.media;

/**
 * A picture being drawn: 0xRRGGBB pixels, rows from the top. Strength is 0 (nothing) to 256 (the
 * new colour alone). Whatever lies outside the picture is left out silently, so that shapes may
 * hang over its edge.
 */
final class Canvas {
  static final int FULL_STRENGTH = 256;

  private final int width;
  private final int height;
  private final int[] pixels;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.pixels = new int[width * height];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The pixels themselves, not a copy. */
  int[] pixels() {
    return pixels;
  }

  void copyFrom(Canvas other) {
    System.arraycopy(other.pixels, 0, pixels, 0, pixels.length);
  }

  void blend(int x, int y, int rgb, int strength) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      return;
    }
    var at = y * width + x;
    pixels[at] = mix(pixels[at], rgb, strength);
  }

  /** From {@code from} (strength 0) to {@code to} (strength 256), each colour for itself. */
  static int mix(int from, int to, int strength) {
    var keep = FULL_STRENGTH - strength;
    var redBlue = ((from & 0xff00ff) * keep + (to & 0xff00ff) * strength) >>> 8 & 0xff00ff;
    var green = ((from & 0x00ff00) * keep + (to & 0x00ff00) * strength) >>> 8 & 0x00ff00;
    return redBlue | green;
  }

  /** A column of one colour from a fractional height down to the bottom, its top edge smoothed. */
  void columnBelow(int x, double top, int rgb) {
    var first = Math.max(0, (int) Math.floor(top));
    if (first >= height) {
      return;
    }
    if (top > 0) {
      blend(x, first, rgb, (int) ((first + 1 - top) * FULL_STRENGTH));
      first++;
    }
    for (var y = first; y < height; y++) {
      pixels[y * width + x] = rgb;
    }
  }

  /** A light that is strongest in the middle and fades to nothing at the radius. */
  void glow(double centreX, double centreY, double radius, int rgb, int strength) {
    var top = Math.max(0, (int) (centreY - radius));
    var bottom = Math.min(height - 1, (int) (centreY + radius) + 1);
    var left = Math.max(0, (int) (centreX - radius));
    var right = Math.min(width - 1, (int) (centreX + radius) + 1);
    for (var y = top; y <= bottom; y++) {
      for (var x = left; x <= right; x++) {
        var squared = (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY);
        var share = 1 - squared / (radius * radius);
        if (share > 0) {
          var at = y * width + x;
          pixels[at] = mix(pixels[at], rgb, (int) (share * share * strength));
        }
      }
    }
  }

  /** A rectangle with round corners and smooth edges. */
  void roundRectangle(Area area, double radius, int rgb, int strength) {
    var halfWidth = area.width() / 2.0;
    var halfHeight = area.height() / 2.0;
    for (var y = 0; y < area.height(); y++) {
      for (var x = 0; x < area.width(); x++) {
        var beyondX = Math.abs(x + 0.5 - halfWidth) - (halfWidth - radius);
        var beyondY = Math.abs(y + 0.5 - halfHeight) - (halfHeight - radius);
        var cover = FULL_STRENGTH;
        if (beyondX > 0 && beyondY > 0) {
          var distance = radius - Math.sqrt(beyondX * beyondX + beyondY * beyondY) + 0.5;
          cover = (int) (Math.clamp(distance, 0.0, 1.0) * FULL_STRENGTH);
        }
        blend(area.left() + x, area.top() + y, rgb, cover * strength / FULL_STRENGTH);
      }
    }
  }

  /** Colours the picture where the stencil covers it. */
  void stamp(Stencil stencil, int left, int top, int rgb) {
    for (var y = 0; y < stencil.height(); y++) {
      for (var x = 0; x < stencil.width(); x++) {
        var strength = stencil.strength(x, y);
        if (strength > 0) {
          blend(left + x, top + y, rgb, strength);
        }
      }
    }
  }

  /** A rectangle in pixels; it may hang over the edge of the picture. */
  record Area(int left, int top, int width, int height) {
    int right() {
      return left + width;
    }

    int bottom() {
      return top + height;
    }
  }
}
