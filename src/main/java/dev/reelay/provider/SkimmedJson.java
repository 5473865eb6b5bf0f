package dev.reelay.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads JSON in which a whole video may stand, without ever holding it: of a text longer than
 * {@link #TEXT_BYTES_MAX} only the beginning is kept while the rest streams by. An answer is read
 * no further than {@link #READ_BYTES_MAX}; if that is in the midst of such a text, whatever is open
 * is closed, so that what stands before it can be read. Whether it is JSON is for others to find
 * out.
 */
final class SkimmedJson {
  static final int TEXT_BYTES_MAX = 4_096;
  static final int READ_BYTES_MAX = 8 << 20;
  static final int DEPTH_MAX = 100;
  private static final int BUFFER_BYTES = 16_384;
  private static final int HEX_DIGITS = 4;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final StringBuilder open = new StringBuilder();
  private final int keptBytesMax;
  private boolean inText;
  private boolean afterBackslash;
  private int hexLeft;
  private int textBytes;
  private boolean cutting;

  private SkimmedJson(int keptBytesMax) {
    this.keptBytesMax = keptBytesMax;
  }

  /**
   * What is left of it.
   *
   * @param in UTF-8
   * @throws BoundedBody.Unusable if more than {@code keptBytesMax} would be left, or it is longer
   *     than is read without a long text being the reason
   */
  static byte[] read(InputStream in, int keptBytesMax) throws IOException {
    var skimmed = new SkimmedJson(keptBytesMax);
    var buffer = new byte[BUFFER_BYTES];
    var total = 0;
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (var i = 0; i < n; i++) {
        skimmed.take(buffer[i]);
      }
      total += n;
      if (total >= READ_BYTES_MAX) {
        skimmed.breakOff();
        break;
      }
    }
    return skimmed.kept.toByteArray();
  }

  private void take(byte b) throws BoundedBody.Unusable {
    if (inText) {
      takeInText(b);
    } else {
      takeOutside(b);
    }
  }

  private void takeOutside(byte b) throws BoundedBody.Unusable {
    keep(b);
    switch (b) {
      case '"' -> beginText();
      case '{' -> nest('}');
      case '[' -> nest(']');
      case '}', ']' -> open.setLength(Math.max(0, open.length() - 1));
      default -> {}
    }
  }

  private void beginText() {
    inText = true;
    afterBackslash = false;
    hexLeft = 0;
    textBytes = 0;
    cutting = false;
  }

  private void nest(char closer) throws BoundedBody.Unusable {
    if (open.length() >= DEPTH_MAX) {
      throw new BoundedBody.Unusable("the answer is nested deeper than " + DEPTH_MAX);
    }
    open.append(closer);
  }

  private void takeInText(byte b) throws BoundedBody.Unusable {
    if (b == '"' && !afterBackslash) {
      inText = false;
      keep(b);
      return;
    }
    cutting |= textBytes >= TEXT_BYTES_MAX && beginsCharacter(b);
    if (!cutting) {
      keep(b);
      textBytes++;
    }
    hexLeft = afterBackslash && b == 'u' ? HEX_DIGITS : Math.max(0, hexLeft - 1);
    afterBackslash = b == '\\' && !afterBackslash;
  }

  /** A text is cut neither within an escape nor within a character of several bytes. */
  private boolean beginsCharacter(byte b) {
    return !afterBackslash && hexLeft == 0 && (b & 0xC0) != 0x80;
  }

  private void keep(byte b) throws BoundedBody.Unusable {
    if (kept.size() >= keptBytesMax) {
      throw new BoundedBody.Unusable("the answer is larger than " + keptBytesMax + " bytes");
    }
    kept.write(b);
  }

  private void breakOff() throws BoundedBody.Unusable {
    if (!inText || !cutting) {
      throw new BoundedBody.Unusable("the answer is larger than " + READ_BYTES_MAX + " bytes");
    }
    keep((byte) '"');
    for (var closer : open.reverse().toString().toCharArray()) {
      keep((byte) closer);
    }
  }
}
