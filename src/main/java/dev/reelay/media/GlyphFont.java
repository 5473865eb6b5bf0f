package dev.reelay.media;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The bundled bitmap font (GNU Unifont, licence in OFL.txt beside it): each character of Unicode's
 * first plane in a cell 16 pixels high, 8 wide (a half cell) or 16 wide (a full cell). It is our
 * own because the JDK draws text only where fontconfig and fonts are installed, and on bare servers
 * and in containers they are not. The file is made by tools/GlyphPacker.java, which describes it.
 */
final class GlyphFont {
  static final int CELL_PIXELS = 16;
  private static final int REPLACEMENT = 0xfffd;
  private static final int HALF_CELL_BYTES = 16;
  private static final int FULL_CELL_BYTES = 32;
  private static final int CODE_POINTS = 0x10000;
  private static final int RECORD_HEAD_BYTES = 3;

  private final byte[] packed;

  /** Where the record of a code point begins in the packed bytes; -1 where there is none. */
  private final int[] recordAt;

  private GlyphFont(byte[] packed, int[] recordAt) {
    this.packed = packed;
    this.recordAt = recordAt;
  }

  static GlyphFont bundled() {
    try (var file = GlyphFont.class.getResourceAsStream("unifont.bin.gz");
        var unzipped = new GZIPInputStream(Objects.requireNonNull(file, "unifont.bin.gz"))) {
      return of(unzipped.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled font cannot be read", e);
    }
  }

  private static GlyphFont of(byte[] packed) throws IOException {
    var recordAt = new int[CODE_POINTS];
    Arrays.fill(recordAt, -1);
    var in = new DataInputStream(new ByteArrayInputStream(packed));
    var at = 0;
    while (at < packed.length) {
      recordAt[in.readUnsignedShort()] = at;
      var bytes = in.readUnsignedByte();
      if ((bytes != HALF_CELL_BYTES && bytes != FULL_CELL_BYTES) || in.skipBytes(bytes) != bytes) {
        throw new EOFException("a glyph is damaged at byte " + at);
      }
      at += RECORD_HEAD_BYTES + bytes;
    }
    return new GlyphFont(packed, recordAt);
  }

  /** Whether a character is in the font; all others are drawn as the replacement character. */
  boolean has(int codePoint) {
    return codePoint < CODE_POINTS && recordAt[codePoint] >= 0;
  }

  /** How many half cells a character takes: 1, 2, or 0 for a mark drawn over the one before. */
  int halfCells(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> packed[recordOf(codePoint) + 2] / HALF_CELL_BYTES;
    };
  }

  /** How many pixels wide the bitmap of a character is: 8 or 16, also for a mark. */
  int bitmapWidth(int codePoint) {
    return packed[recordOf(codePoint) + 2] / HALF_CELL_BYTES * (CELL_PIXELS / 2);
  }

  /** Whether the pixel of the bitmap is ink; what lies outside the bitmap is paper. */
  boolean isInk(int codePoint, int x, int y) {
    var record = recordOf(codePoint);
    var rowBytes = packed[record + 2] / CELL_PIXELS;
    if (x < 0 || y < 0 || y >= CELL_PIXELS || x >= rowBytes * Byte.SIZE) {
      return false;
    }
    var bits = packed[record + RECORD_HEAD_BYTES + y * rowBytes + x / Byte.SIZE];
    return (bits >> (Byte.SIZE - 1 - x % Byte.SIZE) & 1) != 0;
  }

  private int recordOf(int codePoint) {
    return recordAt[has(codePoint) ? codePoint : REPLACEMENT];
  }
}
