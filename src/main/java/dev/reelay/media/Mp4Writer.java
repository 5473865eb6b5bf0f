package dev.reelay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes an MP4 file (ISO/IEC 14496-12) with one H.264 track and no sound: ftyp, then the index
 * moov, then the samples, so that a player can begin before it has the whole file.
 */
final class Mp4Writer {
  private static final int TICKS_PER_FRAME = 1_000;
  private static final int BOX_HEADER_BYTES = 8;
  private static final int TRACK_ID = 1;
  private static final int TRACK_IS_ENABLED_AND_SHOWN = 3;
  private static final int FIXED_ONE = 1 << 16;
  private static final int FIXED_TWO_BITS_ONE = 1 << 30;
  private static final int UNDETERMINED_LANGUAGE = 0x55c4;
  private static final int DOTS_PER_INCH_72 = 72 << 16;
  private static final int TRUE_COLOUR_DEPTH = 24;
  private static final int COMPRESSOR_NAME_BYTES = 32;
  private static final int BT_709 = 1;

  private final int width;
  private final int height;
  private final int framesPerSecond;
  private final byte[] avcC;

  Mp4Writer(int width, int height, int framesPerSecond, byte[] avcC) {
    this.width = width;
    this.height = height;
    this.framesPerSecond = framesPerSecond;
    this.avcC = avcC;
  }

  /**
   * A file of so many frames that shows the loop over and over. The first sample of the loop must
   * be complete in itself.
   */
  byte[] loop(List<byte[]> loop, int frames) {
    var sizes = new int[frames];
    var samples = new ByteArrayOutputStream();
    for (var frame = 0; frame < frames; frame++) {
      var sample = loop.get(frame % loop.size());
      sizes[frame] = sample.length;
      samples.writeBytes(sample);
    }
    var ftyp = ftyp();
    var indexBytes = moov(sizes, loop.size(), 0).length;
    var moov = moov(sizes, loop.size(), ftyp.length + indexBytes + BOX_HEADER_BYTES);
    var mdat = box("mdat", samples::writeTo);
    var file = new ByteArrayOutputStream(ftyp.length + moov.length + mdat.length);
    file.writeBytes(ftyp);
    file.writeBytes(moov);
    file.writeBytes(mdat);
    return file.toByteArray();
  }

  private static byte[] ftyp() {
    return box(
        "ftyp",
        out -> {
          text(out, "isom");
          out.writeInt(512);
          text(out, "isomiso2avc1mp41");
        });
  }

  private byte[] moov(int[] sizes, int keyInterval, int samplesAt) {
    var stbl =
        box(
            "stbl",
            out -> {
              out.write(stsd());
              out.write(stts(sizes.length));
              out.write(stss(sizes.length, keyInterval));
              out.write(stsc(sizes.length));
              out.write(stsz(sizes));
              out.write(stco(samplesAt));
            });
    var ticks = sizes.length * TICKS_PER_FRAME;
    return box(
        "moov",
        out -> {
          out.write(mvhd(ticks));
          out.write(trak(ticks, stbl));
        });
  }

  private byte[] mvhd(int ticks) {
    return box(
        "mvhd",
        out -> {
          versionAndFlags(out, 0);
          creationAndChange(out);
          out.writeInt(framesPerSecond * TICKS_PER_FRAME);
          out.writeInt(ticks);
          out.writeInt(FIXED_ONE);
          out.writeShort(1 << 8);
          zeros(out, 10);
          unityMatrix(out);
          zeros(out, 24);
          out.writeInt(TRACK_ID + 1);
        });
  }

  private byte[] trak(int ticks, byte[] stbl) {
    var minf =
        box(
            "minf",
            out -> {
              out.write(
                  box("vmhd", vmhd -> vmhd.write(new byte[] {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0})));
              out.write(box("dinf", dinf -> dinf.write(dref())));
              out.write(stbl);
            });
    var mdia =
        box(
            "mdia",
            out -> {
              out.write(mdhd(ticks));
              out.write(hdlr());
              out.write(minf);
            });
    return box(
        "trak",
        out -> {
          out.write(tkhd(ticks));
          out.write(mdia);
        });
  }

  private byte[] tkhd(int ticks) {
    return box(
        "tkhd",
        out -> {
          versionAndFlags(out, TRACK_IS_ENABLED_AND_SHOWN);
          creationAndChange(out);
          out.writeInt(TRACK_ID);
          zeros(out, 4);
          out.writeInt(ticks);
          zeros(out, 16);
          unityMatrix(out);
          out.writeInt(width << 16);
          out.writeInt(height << 16);
        });
  }

  private byte[] mdhd(int ticks) {
    return box(
        "mdhd",
        out -> {
          versionAndFlags(out, 0);
          creationAndChange(out);
          out.writeInt(framesPerSecond * TICKS_PER_FRAME);
          out.writeInt(ticks);
          out.writeShort(UNDETERMINED_LANGUAGE);
          out.writeShort(0);
        });
  }

  private static byte[] hdlr() {
    return box(
        "hdlr",
        out -> {
          versionAndFlags(out, 0);
          zeros(out, 4);
          text(out, "vide");
          zeros(out, 12);
          text(out, "Reelay sandbox\0");
        });
  }

  private static byte[] dref() {
    return box(
        "dref",
        out -> {
          versionAndFlags(out, 0);
          out.writeInt(1);
          out.write(box("url ", url -> versionAndFlags(url, 1)));
        });
  }

  private byte[] stsd() {
    return box(
        "stsd",
        out -> {
          versionAndFlags(out, 0);
          out.writeInt(1);
          out.write(avc1());
        });
  }

  private byte[] avc1() {
    return box(
        "avc1",
        out -> {
          zeros(out, 6);
          out.writeShort(1);
          zeros(out, 16);
          out.writeShort(width);
          out.writeShort(height);
          out.writeInt(DOTS_PER_INCH_72);
          out.writeInt(DOTS_PER_INCH_72);
          zeros(out, 4);
          out.writeShort(1);
          zeros(out, COMPRESSOR_NAME_BYTES);
          out.writeShort(TRUE_COLOUR_DEPTH);
          out.writeShort(-1);
          out.write(box("avcC", inner -> inner.write(avcC)));
          out.write(colr());
        });
  }

  private static byte[] colr() {
    return box(
        "colr",
        out -> {
          text(out, "nclx");
          out.writeShort(BT_709);
          out.writeShort(BT_709);
          out.writeShort(BT_709);
          out.writeByte(0);
        });
  }

  private static byte[] stts(int frames) {
    return table("stts", 1, out -> pair(out, frames, TICKS_PER_FRAME));
  }

  private static byte[] stss(int frames, int keyInterval) {
    var keys = (frames + keyInterval - 1) / keyInterval;
    return table(
        "stss",
        keys,
        out -> {
          for (var key = 0; key < keys; key++) {
            out.writeInt(key * keyInterval + 1);
          }
        });
  }

  /** All samples lie in one piece. */
  private static byte[] stsc(int frames) {
    return table(
        "stsc",
        1,
        out -> {
          pair(out, 1, frames);
          out.writeInt(1);
        });
  }

  private static byte[] stsz(int[] sizes) {
    return box(
        "stsz",
        out -> {
          versionAndFlags(out, 0);
          pair(out, 0, sizes.length);
          for (var size : sizes) {
            out.writeInt(size);
          }
        });
  }

  private static byte[] stco(int samplesAt) {
    return table("stco", 1, out -> out.writeInt(samplesAt));
  }

  private static byte[] table(String type, int entries, Body body) {
    return box(
        type,
        out -> {
          versionAndFlags(out, 0);
          out.writeInt(entries);
          body.write(out);
        });
  }

  private static byte[] box(String type, Body body) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      body.write(out);
      var content = bytes.toByteArray();
      bytes.reset();
      out.writeInt(BOX_HEADER_BYTES + content.length);
      text(out, type);
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("writing a box to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void versionAndFlags(DataOutputStream out, int flags) throws IOException {
    out.writeInt(flags);
  }

  /** Both unset: the same spec must give the same bytes at any time. */
  private static void creationAndChange(DataOutputStream out) throws IOException {
    zeros(out, 8);
  }

  private static void unityMatrix(DataOutputStream out) throws IOException {
    for (var value : new int[] {FIXED_ONE, 0, 0, 0, FIXED_ONE, 0, 0, 0, FIXED_TWO_BITS_ONE}) {
      out.writeInt(value);
    }
  }

  private static void pair(DataOutputStream out, int first, int second) throws IOException {
    out.writeInt(first);
    out.writeInt(second);
  }

  private static void zeros(DataOutputStream out, int bytes) throws IOException {
    out.write(new byte[bytes]);
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  /** The content of a box. */
  private interface Body {
    void write(DataOutputStream out) throws IOException;
  }
}
