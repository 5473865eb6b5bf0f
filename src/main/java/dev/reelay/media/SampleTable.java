package dev.reelay.media;

import dev.reelay.media.BoxReader.Box;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The part of a track's index that says where its samples lie. It is checked against the file: each
 * piece (chunk) must begin inside, and the last one must end inside.
 */
final class SampleTable {
  private static final int ENTRIES_MAX = 1 << 22;
  private static final int WINDOW_BYTES = 1 << 16;
  private static final int STSZ_HEAD_BYTES = 12;
  private static final int TABLE_HEAD_BYTES = 8;
  private static final int STSC_ENTRY_BYTES = 12;
  private static final String CUT_SHORT = "the index points past the end of the file";
  private static final String DAMAGED = "the index of the pictures is damaged";

  private final BoxReader reader;
  private final Box stbl;

  SampleTable(BoxReader reader, Box stbl) {
    this.reader = reader;
    this.stbl = stbl;
  }

  /** How many samples there are; 0 if the table does not say. */
  long count() throws IOException {
    var table = reader.inside(stbl);
    var sizes = table.first("stsz").or(() -> table.first("stz2"));
    if (sizes.isEmpty()) {
      return 0;
    }
    var head = reader.head(sizes.get(), STSZ_HEAD_BYTES);
    return head.remaining() < STSZ_HEAD_BYTES ? 0 : Integer.toUnsignedLong(head.getInt(8));
  }

  /** Why the samples cannot all be in the file; empty if nothing speaks against it. */
  Optional<String> fault() throws IOException {
    var samples = count();
    if (samples == 0) {
      return Optional.of("there are no pictures");
    }
    var small = reader.find(stbl, "stco");
    var large = reader.find(stbl, "co64");
    if (samples > ENTRIES_MAX || (small.isEmpty() && large.isEmpty())) {
      return Optional.of(DAMAGED);
    }
    return small.isPresent()
        ? fault(small.get(), Integer.BYTES, samples)
        : fault(large.get(), Long.BYTES, samples);
  }

  private Optional<String> fault(Box offsets, int entryBytes, long samples) throws IOException {
    var chunks = entries(offsets, entryBytes);
    if (chunks == 0) {
      return Optional.of(DAMAGED);
    }
    var last = 0L;
    var at = offsets.bodyAt() + TABLE_HEAD_BYTES;
    for (var left = chunks * entryBytes; left > 0; left -= WINDOW_BYTES) {
      var window = reader.bytes(at, (int) Math.min(left, WINDOW_BYTES));
      at += WINDOW_BYTES;
      while (window.remaining() >= entryBytes) {
        last = offset(window, entryBytes);
        if (last <= 0 || last >= reader.fileBytes()) {
          return Optional.of(CUT_SHORT);
        }
      }
    }
    var lastBytes = lastChunkBytes(samples);
    return lastBytes > reader.fileBytes() - last ? Optional.of(CUT_SHORT) : Optional.empty();
  }

  private static long offset(ByteBuffer window, int entryBytes) {
    return entryBytes == Long.BYTES ? window.getLong() : Integer.toUnsignedLong(window.getInt());
  }

  /** The number of entries, 0 if there are none, too many, or more than the box can hold. */
  private long entries(Box table, int entryBytes) throws IOException {
    var head = reader.head(table, TABLE_HEAD_BYTES);
    if (head.remaining() < TABLE_HEAD_BYTES) {
      return 0;
    }
    var entries = Integer.toUnsignedLong(head.getInt(Integer.BYTES));
    var fits = entries * entryBytes <= table.bodyBytes() - TABLE_HEAD_BYTES;
    return fits && entries <= ENTRIES_MAX ? entries : 0;
  }

  /** The bytes of the samples in the last chunk; 0 if the tables do not say. */
  private long lastChunkBytes(long samples) throws IOException {
    var stsc = reader.find(stbl, "stsc");
    var stsz = reader.find(stbl, "stsz");
    if (stsc.isEmpty() || stsz.isEmpty()) {
      return 0;
    }
    var runs = entries(stsc.get(), STSC_ENTRY_BYTES);
    if (runs == 0) {
      return 0;
    }
    var lastRunAt = stsc.get().bodyAt() + TABLE_HEAD_BYTES + (runs - 1) * STSC_ENTRY_BYTES;
    var lastRun = reader.bytes(lastRunAt, STSC_ENTRY_BYTES);
    if (lastRun.remaining() < STSC_ENTRY_BYTES) {
      return 0;
    }
    var inChunk = Integer.toUnsignedLong(lastRun.getInt(Integer.BYTES));
    return sizeOfLast(stsz.get(), Math.min(inChunk, samples), samples);
  }

  private long sizeOfLast(Box stsz, long wanted, long samples) throws IOException {
    var same = Integer.toUnsignedLong(reader.head(stsz, STSZ_HEAD_BYTES).getInt(Integer.BYTES));
    if (same > 0) {
      return same * wanted;
    }
    if (samples * Integer.BYTES > stsz.bodyBytes() - STSZ_HEAD_BYTES) {
      return Long.MAX_VALUE;
    }
    var sum = 0L;
    var at = stsz.bodyAt() + STSZ_HEAD_BYTES + (samples - wanted) * Integer.BYTES;
    for (var left = wanted * Integer.BYTES; left > 0; left -= WINDOW_BYTES) {
      var window = reader.bytes(at, (int) Math.min(left, WINDOW_BYTES));
      at += WINDOW_BYTES;
      while (window.remaining() >= Integer.BYTES) {
        sum += Integer.toUnsignedLong(window.getInt());
      }
    }
    return sum;
  }
}
