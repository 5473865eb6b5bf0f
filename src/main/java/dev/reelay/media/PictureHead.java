package dev.reelay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.reelay.asset.PictureProbe;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads type and size from the header of a picture: PNG (ISO/IEC 15948 section 11.2.2), JPEG (ITU
 * T.81 annex B), GIF89a and WebP (RFC 9649). Nothing is decoded, so a picture of a billion pixels
 * costs as much as one of ten; one whose header is cut off or has no size is no picture.
 */
public final class PictureHead implements PictureProbe {
  private static final int MARKER = 0xff;
  private static final int FRAME_0 = 0xc0;
  private static final int FRAME_15 = 0xcf;
  private static final int HUFFMAN_TABLE = 0xc4;
  private static final int JPEG_EXTENSION = 0xc8;
  private static final int ARITHMETIC_TABLE = 0xcc;
  private static final int START_OF_SCAN = 0xda;
  private static final int LOW_14_BITS = 0x3fff;
  private static final int LOW_24_BITS = 0xffffff;

  @Override
  public Optional<Facts> probe(ByteBuffer bytes) {
    var in = bytes.slice();
    var leading = new byte[Math.min(in.remaining(), Sniff.BYTES_MAX)];
    in.get(0, leading);
    return Sniff.of(leading).filter(MediaType::isPicture).flatMap(type -> read(type, in));
  }

  private static Optional<Facts> read(MediaType type, ByteBuffer in) {
    try {
      return switch (type) {
        case PNG -> facts(type, in.getInt(16), in.getInt(20));
        case GIF -> {
          in.order(ByteOrder.LITTLE_ENDIAN);
          yield facts(type, in.getChar(6), in.getChar(8));
        }
        case WEBP -> webp(in.order(ByteOrder.LITTLE_ENDIAN));
        case JPEG -> jpeg(in);
        case MP4, WEBM, MOV -> Optional.empty();
      };
    } catch (IndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }

  /** The three kinds of a first chunk: lossy, lossless, extended. */
  private static Optional<Facts> webp(ByteBuffer in) {
    var kind = new byte[4];
    in.get(12, kind);
    return switch (new String(kind, ISO_8859_1)) {
      case "VP8 " ->
          facts(MediaType.WEBP, in.getChar(26) & LOW_14_BITS, in.getChar(28) & LOW_14_BITS);
      case "VP8L" -> {
        int sides = in.getInt(21);
        yield facts(MediaType.WEBP, 1 + (sides & LOW_14_BITS), 1 + (sides >>> 14 & LOW_14_BITS));
      }
      case "VP8X" ->
          facts(
              MediaType.WEBP,
              1 + (in.getInt(24) & LOW_24_BITS),
              1 + (in.getInt(26) >>> 8 & LOW_24_BITS));
      default -> Optional.empty();
    };
  }

  /** Walks the segments to the first frame header; each step goes on by two bytes at least. */
  private static Optional<Facts> jpeg(ByteBuffer in) {
    int at = 2;
    while ((in.get(at) & 0xff) == MARKER) {
      int marker = in.get(at + 1) & 0xff;
      if (marker == MARKER) {
        at++;
        continue;
      }
      if (marker == START_OF_SCAN) {
        return Optional.empty();
      }
      if (isFrame(marker)) {
        return facts(MediaType.JPEG, in.getChar(at + 7), in.getChar(at + 5));
      }
      at += 2 + Math.max(2, in.getChar(at + 2));
    }
    return Optional.empty();
  }

  private static boolean isFrame(int marker) {
    return marker >= FRAME_0
        && marker <= FRAME_15
        && marker != HUFFMAN_TABLE
        && marker != JPEG_EXTENSION
        && marker != ARITHMETIC_TABLE;
  }

  private static Optional<Facts> facts(MediaType type, int width, int height) {
    return width < 1 || height < 1
        ? Optional.empty()
        : Optional.of(new Facts(type.mime(), width, height));
  }
}
