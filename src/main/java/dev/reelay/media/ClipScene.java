package dev.reelay.media;

import dev.reelay.media.Canvas.Area;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is seen in a sandbox video: a sky with twinkling stars and a drifting sun, waves that roll
 * below, the prompt on a dark card, the label in the corner, size and length in the other, and a
 * light that runs along the bottom. After the last frame of the loop the first one follows without
 * a jump. Sizes follow the shorter side, so that every format looks alike.
 */
final class ClipScene {
  private static final double FULL_TURN = 2 * StrictMath.PI;
  private static final int WHITE = 0xffffff;
  private static final int BLACK = 0x000000;
  private static final int LABEL_RGB = 0xffc83d;
  private static final int STARS = 40;
  private static final int WAVES = 4;
  private static final int LANDSCAPE_LINES_MAX = 5;
  private static final int PORTRAIT_LINES_MAX = 9;

  private final ClipSpec spec;
  private final int shortSide;
  private final int margin;
  private final Palette palette;
  private final Canvas sky;
  private final List<Star> stars;
  private final Stencil prompt;
  private final Stencil label;
  private final Stencil facts;

  ClipScene(ClipSpec spec, GlyphFont font) {
    this.spec = spec;
    this.shortSide = Math.min(spec.width(), spec.height());
    this.margin = shortSide / 18;
    this.palette = Palette.of(spec.prompt().hashCode());
    this.sky = sky();
    this.stars = stars();
    var large = new Lettering(font, Math.max(GlyphFont.CELL_PIXELS, shortSide / 18));
    var small = new Lettering(font, Math.max(GlyphFont.CELL_PIXELS, shortSide / 26));
    var wrap = new TextWrap(font, cardInnerWidth() / large.halfCellPixels(), linesMax(large));
    this.prompt = large.centred(wrap.lines(spec.prompt()));
    this.label = small.centred(new TextWrap(font, labelHalfCells(small), 1).lines(spec.label()));
    var text = spec.width() + "×" + spec.height() + " · " + spec.seconds() + " s";
    this.facts = small.centred(List.of(text));
  }

  private int cardInnerWidth() {
    return spec.width() - 4 * margin;
  }

  private int labelHalfCells(Lettering small) {
    return (spec.width() - 4 * margin) / small.halfCellPixels();
  }

  private int linesMax(Lettering large) {
    var fitting = spec.height() / 2 / (large.halfCellPixels() * 3);
    return Math.min(
        fitting, spec.width() >= spec.height() ? LANDSCAPE_LINES_MAX : PORTRAIT_LINES_MAX);
  }

  private Canvas sky() {
    var canvas = new Canvas(spec.width(), spec.height());
    for (var y = 0; y < spec.height(); y++) {
      for (var x = 0; x < spec.width(); x++) {
        var share = (0.85 * y + 0.15 * x * spec.height() / spec.width()) / spec.height();
        var strength = (int) (share * Canvas.FULL_STRENGTH);
        canvas.pixels()[y * spec.width() + x] =
            Canvas.mix(palette.skyTop(), palette.skyBottom(), strength);
      }
    }
    canvas.glow(sunX(), sunY(), shortSide * 0.6, palette.sun(), 140);
    return canvas;
  }

  private double sunX() {
    return spec.width() * 0.70;
  }

  private double sunY() {
    return spec.height() * 0.34;
  }

  private List<Star> stars() {
    var random = new SplittableRandom(spec.prompt().hashCode());
    return random
        .splits(STARS)
        .map(
            own ->
                new Star(
                    own.nextDouble(spec.width()),
                    own.nextDouble(spec.height() * 0.55),
                    shortSide * own.nextDouble(0.003, 0.007) + 1,
                    own.nextDouble(FULL_TURN)))
        .toList();
  }

  /** Draws one frame of the loop over whatever the canvas shows. */
  void draw(Canvas canvas, int frame, int frames) {
    var turn = FULL_TURN * frame / frames;
    canvas.copyFrom(sky);
    drawStars(canvas, turn);
    drawSun(canvas, turn);
    for (var wave = 0; wave < WAVES; wave++) {
      drawWave(canvas, wave, turn);
    }
    drawPrompt(canvas);
    drawCorners(canvas);
    drawRunningLight(canvas, (double) frame / frames);
  }

  private void drawStars(Canvas canvas, double turn) {
    for (var star : stars) {
      var strength = 130 + (int) (110 * StrictMath.sin(turn + star.phase()));
      canvas.glow(star.x(), star.y(), star.radius(), WHITE, strength);
    }
  }

  private void drawSun(Canvas canvas, double turn) {
    var x = sunX() + shortSide * 0.06 * StrictMath.cos(turn);
    var y = sunY() + shortSide * 0.05 * StrictMath.sin(turn);
    canvas.glow(x, y, shortSide * 0.17, palette.sun(), 110);
    var radius = (int) (shortSide * 0.10);
    var disc = new Area((int) x - radius, (int) y - radius, 2 * radius, 2 * radius);
    canvas.roundRectangle(disc, radius, palette.sun(), Canvas.FULL_STRENGTH);
  }

  /** The farther waves are paler, flatter and slower to the eye; the nearest is the darkest. */
  private void drawWave(Canvas canvas, int wave, double turn) {
    var near = (wave + 1.0) / WAVES;
    var colour =
        Canvas.mix(palette.skyBottom(), palette.ground(), (int) (near * Canvas.FULL_STRENGTH));
    var rest = spec.height() * (0.62 + 0.27 * near);
    var swell = shortSide * (0.018 + 0.02 * near);
    var shift = wave * 1.7;
    for (var x = 0; x < spec.width(); x++) {
      var along = FULL_TURN * x / shortSide;
      var rise =
          StrictMath.sin(along * 0.9 + shift + turn)
              + 0.6 * StrictMath.sin(along * 1.7 + 2 * shift - turn)
              + 0.25 * StrictMath.sin(along * 3.1 + 3 * shift + 2 * turn);
      canvas.columnBelow(x, rest - swell * rise, colour);
    }
  }

  private void drawPrompt(Canvas canvas) {
    if (prompt.height() == 0) {
      return;
    }
    var card =
        new Area(
            (spec.width() - prompt.width()) / 2 - margin,
            (spec.height() * 46 / 100) - prompt.height() / 2 - margin * 3 / 4,
            prompt.width() + 2 * margin,
            prompt.height() + margin * 3 / 2);
    canvas.roundRectangle(card, margin * 0.5, BLACK, 128);
    canvas.stamp(prompt, card.left() + margin, card.top() + margin * 3 / 4, WHITE);
  }

  private void drawCorners(Canvas canvas) {
    var pad = margin / 3;
    var pill = new Area(margin, margin, label.width() + 4 * pad, label.height() + 2 * pad);
    canvas.roundRectangle(pill, pill.height() / 2.0, LABEL_RGB, Canvas.FULL_STRENGTH);
    canvas.stamp(label, pill.left() + 2 * pad, pill.top() + pad, BLACK);
    var left = spec.width() - margin - facts.width();
    if (left > pill.right() + margin) {
      canvas.stamp(facts, left, pill.top() + pad, WHITE);
    }
  }

  private void drawRunningLight(Canvas canvas, double progress) {
    var thickness = Math.max(2, shortSide / 120);
    var track = new Area(margin, spec.height() - margin, spec.width() - 2 * margin, thickness);
    canvas.roundRectangle(track, thickness / 2.0, WHITE, 60);
    var length = track.width() / 5;
    var from = track.left() - length + (int) (progress * (track.width() + length));
    var left = Math.max(from, track.left());
    var lit = new Area(left, track.top(), Math.min(from + length, track.right()) - left, thickness);
    canvas.roundRectangle(lit, 0, LABEL_RGB, Canvas.FULL_STRENGTH);
  }

  /** A point of light; the phase (radians) says when it is brightest. */
  private record Star(double x, double y, double radius, double phase) {}
}
