package dev.reelay.media;

import java.util.List;

/**
 * Draws lines of text as a stencil at any size. The bitmaps are 16 pixels high, so each is first
 * doubled twice by a rule that follows diagonal edges, and then sampled down to the size asked for:
 * larger letters come out with smooth edges in place of steps.
 */
final class Lettering {
  private static final int FINE_PIXELS = 64;
  private static final double LINE_HEIGHT = 1.4;

  private final GlyphFont font;
  private final int cellPixels;

  /** Letters in cells of so many pixels (rounded down to even); half as wide for half cells. */
  Lettering(GlyphFont font, int cellPixels) {
    this.font = font;
    this.cellPixels = cellPixels & ~1;
  }

  int halfCellPixels() {
    return cellPixels / 2;
  }

  /** The lines, one below the other, each in the middle. */
  Stencil centred(List<String> lines) {
    var wrap = new TextWrap(font, Integer.MAX_VALUE, 1);
    var widest = lines.stream().mapToInt(wrap::halfCells).max().orElse(0);
    var pitch = (int) (cellPixels * LINE_HEIGHT);
    var height = lines.isEmpty() ? 0 : (lines.size() - 1) * pitch + cellPixels;
    var stencil = new Stencil(widest * halfCellPixels(), height);
    for (var i = 0; i < lines.size(); i++) {
      var spare = (widest - wrap.halfCells(lines.get(i))) * halfCellPixels();
      write(stencil, lines.get(i), spare / 2, i * pitch);
    }
    return stencil;
  }

  private void write(Stencil stencil, String line, int left, int top) {
    var x = left;
    var markX = left;
    for (var codePoint : line.codePoints().toArray()) {
      var advance = font.halfCells(codePoint) * halfCellPixels();
      if (advance > 0) {
        markX = x;
      }
      draw(stencil, codePoint, markX, top);
      x += advance;
    }
  }

  private void draw(Stencil stencil, int codePoint, int left, int top) {
    var fine = doubled(doubled(bitmap(codePoint)));
    var width = font.bitmapWidth(codePoint) * cellPixels / GlyphFont.CELL_PIXELS;
    for (var y = 0; y < cellPixels; y++) {
      for (var x = 0; x < width; x++) {
        stencil.cover(left + x, top + y, inkShare(fine, x, y));
      }
    }
  }

  /** How much of the fine pixels under one pixel of the picture is ink, 0 to 256. */
  private int inkShare(boolean[][] fine, int x, int y) {
    var top = y * FINE_PIXELS / cellPixels;
    var bottom = Math.max(top + 1, (y + 1) * FINE_PIXELS / cellPixels);
    var left = x * FINE_PIXELS / cellPixels;
    var right = Math.max(left + 1, (x + 1) * FINE_PIXELS / cellPixels);
    var ink = 0;
    for (var row = top; row < bottom; row++) {
      for (var column = left; column < right; column++) {
        ink += fine[row][column] ? 1 : 0;
      }
    }
    return ink * Canvas.FULL_STRENGTH / ((bottom - top) * (right - left));
  }

  private boolean[][] bitmap(int codePoint) {
    var bitmap = new boolean[GlyphFont.CELL_PIXELS][GlyphFont.CELL_PIXELS];
    for (var y = 0; y < GlyphFont.CELL_PIXELS; y++) {
      for (var x = 0; x < GlyphFont.CELL_PIXELS; x++) {
        bitmap[y][x] = font.isInk(codePoint, x, y);
      }
    }
    return bitmap;
  }

  /** Twice the size: a quarter of a pixel takes the colour of two neighbours that meet there. */
  private static boolean[][] doubled(boolean[][] from) {
    var side = from.length;
    var to = new boolean[side * 2][side * 2];
    for (var y = 0; y < side; y++) {
      for (var x = 0; x < side; x++) {
        var own = from[y][x];
        var up = y > 0 && from[y - 1][x];
        var down = y < side - 1 && from[y + 1][x];
        var left = x > 0 && from[y][x - 1];
        var right = x < side - 1 && from[y][x + 1];
        var isEdge = left != right && up != down;
        to[2 * y][2 * x] = (isEdge && left == up) ? up : own;
        to[2 * y][2 * x + 1] = (isEdge && right == up) ? up : own;
        to[2 * y + 1][2 * x] = (isEdge && left == down) ? down : own;
        to[2 * y + 1][2 * x + 1] = (isEdge && right == down) ? down : own;
      }
    }
    return to;
  }
}
