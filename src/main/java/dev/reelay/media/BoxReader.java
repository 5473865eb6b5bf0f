package dev.reelay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the boxes of an MP4 or QuickTime file where they lie, never the whole file. It trusts no
 * number in it: a box must lie inside its parent, each step goes forward, and one reader reads at
 * most {@link #BOXES_MAX} boxes.
 */
final class BoxReader {
  static final int BOXES_MAX = 20_000;
  private static final int NAME_BYTES = 4;
  private static final int HEADER_BYTES = 8;
  private static final int LONG_HEADER_BYTES = 16;
  private static final int SIZE_IS_LONG = 1;
  private static final int SIZE_IS_THE_REST = 0;

  private final SeekableByteChannel channel;
  private final long fileBytes;
  private int boxesRead;

  BoxReader(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.fileBytes = channel.size();
  }

  long fileBytes() {
    return fileBytes;
  }

  /** The boxes of the file itself. */
  Boxes top() throws IOException {
    return boxes(0, fileBytes);
  }

  /** The boxes inside a box. */
  Boxes inside(Box box) throws IOException {
    return boxes(box.bodyAt(), box.end());
  }

  /** A box by its path, the first of each name; empty if one of them is not there. */
  Optional<Box> find(Box from, String... path) throws IOException {
    var found = Optional.of(from);
    for (var type : path) {
      found = inside(found.get()).first(type);
      if (found.isEmpty()) {
        return found;
      }
    }
    return found;
  }

  /** As much of the content of a box as there is, up to a limit; ready to be read. */
  ByteBuffer head(Box box, int bytesMax) throws IOException {
    return bytes(box.bodyAt(), (int) Math.min(bytesMax, box.bodyBytes()));
  }

  /** Bytes of the file from a place on; fewer than asked for if the file ends before. */
  ByteBuffer bytes(long at, int count) throws IOException {
    var buffer = ByteBuffer.allocate(count);
    channel.position(at);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // A channel may give less than was asked for; only its end stops us.
    }
    return buffer.flip();
  }

  private Boxes boxes(long from, long to) throws IOException {
    var list = new ArrayList<Box>();
    var at = from;
    while (to - at >= HEADER_BYTES) {
      if (++boxesRead > BOXES_MAX) {
        return new Boxes(list, false);
      }
      var header = bytes(at, (int) Math.min(LONG_HEADER_BYTES, to - at));
      var box = box(header, at, to);
      if (box.isEmpty()) {
        return new Boxes(list, !isName(header));
      }
      list.add(box.get());
      at = box.get().end();
    }
    return new Boxes(list, true);
  }

  private static Optional<Box> box(ByteBuffer header, long at, long to) {
    if (header.remaining() < HEADER_BYTES) {
      return Optional.empty();
    }
    var type = name(header, Integer.BYTES);
    var shortSize = Integer.toUnsignedLong(header.getInt(0));
    var isLong = shortSize == SIZE_IS_LONG;
    if (isLong && header.remaining() < LONG_HEADER_BYTES) {
      return Optional.empty();
    }
    var headerBytes = isLong ? LONG_HEADER_BYTES : HEADER_BYTES;
    var size = isLong ? header.getLong(HEADER_BYTES) : shortSize;
    if (shortSize == SIZE_IS_THE_REST && isName(header)) {
      size = to - at;
    }
    return size < headerBytes || size > to - at
        ? Optional.empty()
        : Optional.of(new Box(type, at + headerBytes, at + size));
  }

  /** The four characters that stand at a place; the caller has made sure that they are there. */
  static String name(ByteBuffer bytes, int at) {
    var name = new byte[NAME_BYTES];
    bytes.get(at, name);
    return new String(name, ISO_8859_1);
  }

  /** Whether four printable characters stand where the name of a box should be. */
  private static boolean isName(ByteBuffer header) {
    if (header.remaining() < HEADER_BYTES) {
      return false;
    }
    for (var i = Integer.BYTES; i < HEADER_BYTES; i++) {
      var character = Byte.toUnsignedInt(header.get(i));
      if (character < ' ' || character == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** A box: its name, where its content begins and where it ends. */
  record Box(String type, long bodyAt, long end) {
    long bodyBytes() {
      return end - bodyAt;
    }
  }

  /**
   * Boxes that follow each other. Not whole: one more begins but does not lie inside its parent, or
   * there are too many. Bytes at the end that are no box at all do no harm; many writers leave
   * some.
   */
  record Boxes(List<Box> list, boolean isWhole) {
    Boxes {
      list = List.copyOf(list);
    }

    Optional<Box> first(String type) {
      return list.stream().filter(box -> box.type().equals(type)).findFirst();
    }

    List<Box> all(String type) {
      return list.stream().filter(box -> box.type().equals(type)).toList();
    }
  }
}
