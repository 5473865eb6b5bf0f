package dev.reelay.media;

/** The colours of one scene, 0xRRGGBB; the prompt chooses which. */
enum Palette {
  DUSK(0x1b1440, 0xc8637a, 0xffd9a0, 0x2a1230),
  OCEAN(0x06223f, 0x3fa7b5, 0xf4f3d0, 0x05202f),
  FOREST(0x0d2b2a, 0x86b67b, 0xfff0b3, 0x0a231d),
  VIOLET(0x1f1147, 0x8e6bd6, 0xffd0ec, 0x170b33),
  DAWN(0x1c3266, 0xf0a868, 0xfff1c9, 0x3a1f3a),
  STEEL(0x131c2b, 0x7c93b3, 0xf2f6ff, 0x0e1622);

  private final int skyTop;
  private final int skyBottom;
  private final int sun;
  private final int ground;

  Palette(int skyTop, int skyBottom, int sun, int ground) {
    this.skyTop = skyTop;
    this.skyBottom = skyBottom;
    this.sun = sun;
    this.ground = ground;
  }

  static Palette of(int seed) {
    return values()[Math.floorMod(seed, values().length)];
  }

  int skyTop() {
    return skyTop;
  }

  int skyBottom() {
    return skyBottom;
  }

  int sun() {
    return sun;
  }

  int ground() {
    return ground;
  }
}
