package dev.reelay.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks a text into lines of at most so many half cells: at spaces, and between any two Chinese,
 * Japanese or Korean characters, but never right before a closing punctuation mark. What does not
 * fit into the lines allowed is cut and marked with an ellipsis. Control characters and invisible
 * ones count as spaces or as nothing, so that no prompt can disturb the picture.
 */
final class TextWrap {
  private static final int CHARACTERS_MAX = 1_000;
  private static final String ELLIPSIS = "…";
  private static final String CLOSING_MARKS = "，。、！？；：）》」』】〉〕…—”’,.!?;:)]}%";
  private static final int VARIATION_SELECTORS_FIRST = 0xfe00;
  private static final int VARIATION_SELECTORS_LAST = 0xfe0f;

  private final GlyphFont font;
  private final int halfCellsMax;
  private final int linesMax;

  TextWrap(GlyphFont font, int halfCellsMax, int linesMax) {
    this.font = font;
    this.halfCellsMax = Math.max(2, halfCellsMax);
    this.linesMax = Math.max(1, linesMax);
  }

  /** At most as many lines as allowed, none of them empty or too wide. */
  List<String> lines(String text) {
    var lines = new ArrayList<String>();
    var line = "";
    for (var piece : pieces(text)) {
      if (lines.size() > linesMax) {
        break;
      }
      var longer = line.isEmpty() ? piece.strip() : line + piece;
      if (halfCells(longer) > halfCellsMax && !line.isEmpty()) {
        lines.add(line);
        longer = piece.strip();
      }
      while (halfCells(longer) > halfCellsMax) {
        var fitting = fittingPrefix(longer, halfCellsMax);
        lines.add(fitting);
        longer = longer.substring(fitting.length());
      }
      line = longer;
    }
    if (!line.isEmpty()) {
      lines.add(line);
    }
    return lines.size() <= linesMax ? List.copyOf(lines) : cut(lines);
  }

  int halfCells(String text) {
    return text.codePoints().map(font::halfCells).sum();
  }

  private List<String> cut(List<String> lines) {
    var kept = new ArrayList<>(lines.subList(0, linesMax));
    var last = fittingPrefix(kept.getLast(), halfCellsMax - halfCells(ELLIPSIS));
    kept.set(linesMax - 1, last.stripTrailing() + ELLIPSIS);
    return List.copyOf(kept);
  }

  private String fittingPrefix(String text, int halfCells) {
    var end = 0;
    var used = 0;
    while (end < text.length()) {
      var codePoint = text.codePointAt(end);
      used += font.halfCells(codePoint);
      if (used > halfCells) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end);
  }

  /**
   * The pieces that may not be broken unless they alone are too wide: words with the space before
   * them, and single wide characters with the closing marks after them.
   */
  private List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    var piece = new StringBuilder();
    var previousIsWide = false;
    for (var codePoint : clean(text)) {
      var isClosing = CLOSING_MARKS.indexOf(codePoint) >= 0;
      var isWide = font.halfCells(codePoint) == 2;
      if (!isClosing && (codePoint == ' ' || isWide || previousIsWide) && !isBlank(piece)) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.appendCodePoint(codePoint);
      previousIsWide = isWide || (isClosing && previousIsWide);
    }
    if (!isBlank(piece)) {
      pieces.add(piece.toString());
    }
    return pieces;
  }

  private static boolean isBlank(StringBuilder piece) {
    return piece.isEmpty() || piece.toString().isBlank();
  }

  private static int[] clean(String text) {
    var spaced = new StringBuilder();
    text.codePoints()
        .limit(CHARACTERS_MAX)
        .filter(TextWrap::isKept)
        .forEach(
            codePoint -> {
              var isSpace =
                  Character.isWhitespace(codePoint)
                      || Character.isISOControl(codePoint)
                      || Character.isSpaceChar(codePoint);
              var follows = !spaced.isEmpty() && spaced.charAt(spaced.length() - 1) != ' ';
              if (!isSpace) {
                spaced.appendCodePoint(codePoint);
              } else if (follows) {
                spaced.append(' ');
              }
            });
    return spaced.codePoints().toArray();
  }

  private static boolean isKept(int codePoint) {
    return Character.getType(codePoint) != Character.FORMAT
        && (codePoint < VARIATION_SELECTORS_FIRST || codePoint > VARIATION_SELECTORS_LAST);
  }
}
