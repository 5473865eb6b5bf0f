package dev.reelay.media;

/** Where a text covers the picture, and how strongly: 0 to 256 a pixel. Drawn once, used often. */
final class Stencil {
  private final int width;
  private final int height;
  private final short[] strengths;

  Stencil(int width, int height) {
    this.width = width;
    this.height = height;
    this.strengths = new short[width * height];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int strength(int x, int y) {
    return strengths[y * width + x];
  }

  /** Raises the strength of a pixel; pixels outside are left out. */
  void cover(int x, int y, int strength) {
    if (x >= 0 && y >= 0 && x < width && y < height) {
      var at = y * width + x;
      strengths[at] = (short) Math.max(strengths[at], strength);
    }
  }
}
