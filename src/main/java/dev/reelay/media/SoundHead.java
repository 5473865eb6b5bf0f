package dev.reelay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.reelay.asset.ClipProbe.Facts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads the first bytes of a sound: MP3 (ISO/IEC 11172-3, layer III, with or without an ID3v2 tag),
 * WAV (RIFF, whose header tells its length) and M4A (an ISO base media file of that brand).
 */
final class SoundHead {
  private static final int HEAD_BYTES = 12;
  private static final int WAV_HEAD_BYTES = 44;
  private static final int WAV_FORMAT_AT = 12;
  private static final int WAV_BYTES_PER_SECOND_AT = 28;
  private static final long MILLIS_PER_SECOND = 1_000;

  /** The newest version of the tag; no text goes on like this. */
  private static final int ID3_VERSION_MAX = 4;

  private static final int SYNC_BITS = 0xffe0;
  private static final int VERSION_RESERVED = 1;
  private static final int LAYER_III = 1;
  private static final int BITRATE_BAD = 15;
  private static final int RATE_RESERVED = 3;

  private SoundHead() {}

  static Optional<Facts> read(ByteBuffer bytes) {
    if (bytes.remaining() < HEAD_BYTES) {
      return Optional.empty();
    }
    var head = new byte[HEAD_BYTES];
    bytes.get(bytes.position(), head);
    var text = new String(head, ISO_8859_1);
    if (text.startsWith("RIFF") && text.startsWith("WAVE", 8)) {
      return Optional.of(Facts.sound("audio/wav", wavMillis(bytes.slice())));
    }
    if (text.startsWith("ftypM4A ", 4)) {
      return Optional.of(Facts.sound("audio/mp4", 0));
    }
    boolean isTagged = text.startsWith("ID3") && head[3] >= 0 && head[3] <= ID3_VERSION_MAX;
    return isTagged || isFrame(bytes.getShort(bytes.position()), head[2])
        ? Optional.of(Facts.sound("audio/mpeg", 0))
        : Optional.empty();
  }

  private static boolean isFrame(short start, byte rates) {
    int version = start >> 3 & 3;
    int layer = start >> 1 & 3;
    int bitrate = rates >> 4 & 15;
    int rate = rates >> 2 & 3;
    return (start & SYNC_BITS) == SYNC_BITS
        && version != VERSION_RESERVED
        && layer == LAYER_III
        && bitrate != 0
        && bitrate != BITRATE_BAD
        && rate != RATE_RESERVED;
  }

  /** Of the usual header only, in which the format comes first; 0 for others. */
  private static long wavMillis(ByteBuffer bytes) {
    if (bytes.limit() < WAV_HEAD_BYTES) {
      return 0;
    }
    var format = new byte[4];
    bytes.get(WAV_FORMAT_AT, format);
    long perSecond =
        Integer.toUnsignedLong(
            bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(WAV_BYTES_PER_SECOND_AT));
    return new String(format, ISO_8859_1).equals("fmt ") && perSecond > 0
        ? (bytes.limit() - WAV_HEAD_BYTES) * MILLIS_PER_SECOND / perSecond
        : 0;
  }
}
