package dev.reelay.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/** Pictures as far as their headers go, which is all that anybody here looks at. */
public final class SamplePictures {
  private static final int HEADER_BYTES = 32;

  private SamplePictures() {}

  public static byte[] png(int width, int height) {
    var out = begun("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR");
    ByteBuffer.wrap(out).putInt(16, width).putInt(20, height);
    return out;
  }

  public static byte[] gif(int width, int height) {
    var out = begun("GIF89a");
    little(out).putChar(6, (char) width).putChar(8, (char) height);
    return out;
  }

  /** With an application segment and a fill byte in front of the frame header. */
  public static byte[] jpeg(int width, int height) {
    var out = begun("\u00ff\u00d8\u00ff\u00e0\0\u0004JF\u00ff\u00ff\u00c2\0\u0011\b");
    ByteBuffer.wrap(out).putChar(14, (char) height).putChar(16, (char) width);
    return out;
  }

  public static byte[] webpLossy(int width, int height) {
    var out = begun("RIFF\0\0\0\0WEBPVP8 ");
    little(out).putChar(26, (char) width).putChar(28, (char) height);
    return out;
  }

  public static byte[] webpLossless(int width, int height) {
    var out = begun("RIFF\0\0\0\0WEBPVP8L\0\0\0\0/");
    little(out).putInt(21, (width - 1) | ((height - 1) << 14));
    return out;
  }

  public static byte[] webpExtended(int width, int height) {
    var out = begun("RIFF\0\0\0\0WEBPVP8X");
    little(out).putInt(24, width - 1).putChar(27, (char) (height - 1));
    out[29] = (byte) ((height - 1) >> 16);
    return out;
  }

  /** One pixel more in it makes it another picture. */
  public static String dataUrl(int width) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(width, 9));
  }

  private static byte[] begun(String start) {
    return Arrays.copyOf(start.getBytes(ISO_8859_1), HEADER_BYTES);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
