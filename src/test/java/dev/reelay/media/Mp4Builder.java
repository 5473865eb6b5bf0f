package dev.reelay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Small MP4 files for tests, box by box, so that each may be wrong in exactly one place. */
final class Mp4Builder {
  static final int SAMPLE_BYTES = 100;
  private static final int FIXED_ONE = 1 << 16;

  private Mp4Builder() {}

  static byte[] box(String type, byte[]... content) {
    var body = join(content);
    return join(ints(8 + body.length), type.getBytes(ISO_8859_1), body);
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] ints(int... values) {
    var buffer = ByteBuffer.allocate(values.length * Integer.BYTES);
    for (var value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  static byte[] ftyp() {
    return box("ftyp", "isom\0\0\2\0isommp42".getBytes(ISO_8859_1));
  }

  /** One sample of 100 bytes at the place given. */
  static byte[] samples(int at) {
    return box(
        "stbl",
        stsd(640, 360),
        box("stsc", ints(0, 1, 1, 1, 1)),
        box("stsz", ints(0, 0, 1, SAMPLE_BYTES)),
        box("stco", ints(0, 1, at)));
  }

  /** A fragmented file has its samples elsewhere. */
  static byte[] noSamples() {
    return box("stbl", stsd(640, 360), box("stsz", ints(0, 0, 0)), box("stco", ints(0, 0)));
  }

  static byte[] stsd(int width, int height) {
    var size = ints(width << 16 | height);
    return box("stsd", ints(0, 1), box("avc1", new byte[24], size, new byte[50]));
  }

  static byte[] trak(int id, String handler, int ticks, byte[] stbl) {
    return trak(id, handler, ticks, stbl, ints(FIXED_ONE, 0, 0, 0, FIXED_ONE, 0, 0, 0, 1 << 30));
  }

  static byte[] trak(int id, String handler, int ticks, byte[] stbl, byte[] matrix) {
    var shown = ints(640 << 16, 360 << 16);
    return box(
        "trak",
        box("tkhd", ints(3, 0, 0, id, 0, ticks), new byte[16], matrix, shown),
        box(
            "mdia",
            box("mdhd", ints(0, 0, 0, 1_000, ticks, 0)),
            box("hdlr", ints(0, 0), handler.getBytes(ISO_8859_1), new byte[13]),
            box("minf", stbl)));
  }

  static byte[] mdat() {
    return box("mdat", new byte[SAMPLE_BYTES]);
  }
}
