package dev.reelay.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.reelay.media.ClipSpec;
import dev.reelay.media.SandboxVideo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Videos that play, and sounds as far as their headers go, which is all that anybody looks at. */
public final class SampleClips {
  private static final int SIDE_PIXELS = 64;
  private static final int WAV_HEAD_BYTES = 44;
  private static final int HEADER_BYTES = 32;

  private SampleClips() {}

  public static byte[] mp4(int seconds) {
    var spec = new ClipSpec(SIDE_PIXELS, SIDE_PIXELS, seconds, "", "CLIP");
    return new SandboxVideo().render(spec).mp4();
  }

  public static byte[] mp3() {
    return begun("ID3\u0004\0\0\0\0\0\0");
  }

  /** Without the tag that most files begin with. */
  public static byte[] bareMp3() {
    return begun("\u00ff\u00fb\u0090d");
  }

  public static byte[] m4a() {
    return begun("\0\0\0\u0014ftypM4A \0\0\0\0");
  }

  public static byte[] webm() {
    return begun("\u001aE\u00df\u00a3\u009fB\u0086\u0081\u0001B\u0082\u0084webm");
  }

  /** A thousand bytes a second. */
  public static byte[] wav(int seconds) {
    var out = Arrays.copyOf(begun("RIFF\0\0\0\0WAVEfmt "), WAV_HEAD_BYTES + seconds * 1_000);
    ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(28, 1_000);
    return out;
  }

  private static byte[] begun(String start) {
    return Arrays.copyOf(start.getBytes(ISO_8859_1), HEADER_BYTES);
  }
}
