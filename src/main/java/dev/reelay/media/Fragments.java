package dev.reelay.media;

import dev.reelay.media.BoxReader.Box;
import dev.reelay.media.BoxReader.Boxes;
import java.io.IOException;
import java.util.Optional;

/**
 * The length of one track of a fragmented MP4 file, whose index is spread over moof boxes and whose
 * head does not tell how long it is. A duration stands with each sample, or once for a fragment, or
 * once for the file.
 */
final class Fragments {
  private static final int HEAD_BYTES_MAX = 64;
  private static final int RUN_BYTES_MAX = 1 << 20;
  private static final long SAMPLES_MAX = 1 << 18;
  private static final int BASE_OFFSET_PRESENT = 0x1;
  private static final int DESCRIPTION_PRESENT = 0x2;
  private static final int DEFAULT_DURATION_PRESENT = 0x8;
  private static final int DATA_OFFSET_PRESENT = 0x1;
  private static final int FIRST_FLAGS_PRESENT = 0x4;
  private static final int DURATION_PRESENT = 0x100;
  private static final int[] SAMPLE_FIELDS = {0x100, 0x200, 0x400, 0x800};
  private static final long TICKS_MAX = 1L << 48;

  private final BoxReader reader;
  private final Boxes top;
  private final int trackId;

  Fragments(BoxReader reader, Boxes top, int trackId) {
    this.reader = reader;
    this.top = top;
    this.trackId = trackId;
  }

  /** The sum over all fragments; 0 if there are none. */
  long ticks() throws IOException {
    var fileDefault = fileDefault();
    var ticks = 0L;
    for (var moof : top.all("moof")) {
      for (var traf : reader.inside(moof).all("traf")) {
        ticks = Math.min(TICKS_MAX, ticks + ticks(traf, fileDefault));
      }
    }
    return ticks;
  }

  private long fileDefault() throws IOException {
    var moov = top.first("moov");
    var mvex = moov.isEmpty() ? moov : reader.find(moov.get(), "mvex");
    if (mvex.isEmpty()) {
      return 0;
    }
    for (var trex : reader.inside(mvex.get()).all("trex")) {
      var head = reader.head(trex, HEAD_BYTES_MAX);
      if (head.remaining() >= 16 && head.getInt(4) == trackId) {
        return Integer.toUnsignedLong(head.getInt(12));
      }
    }
    return 0;
  }

  private long ticks(Box traf, long fileDefault) throws IOException {
    var boxes = reader.inside(traf);
    var perSample = perSample(boxes.first("tfhd"), fileDefault);
    if (perSample.isEmpty()) {
      return 0;
    }
    var ticks = 0L;
    for (var trun : boxes.all("trun")) {
      ticks = Math.min(TICKS_MAX, ticks + runTicks(trun, perSample.get()));
    }
    return ticks;
  }

  /** The default of this fragment, or of the file; empty if it belongs to another track. */
  private Optional<Long> perSample(Optional<Box> tfhd, long fileDefault) throws IOException {
    if (tfhd.isEmpty()) {
      return Optional.empty();
    }
    var head = reader.head(tfhd.get(), HEAD_BYTES_MAX);
    if (head.remaining() < 8 || head.getInt(4) != trackId) {
      return Optional.empty();
    }
    var flags = head.getInt(0);
    var at =
        8
            + ((flags & BASE_OFFSET_PRESENT) != 0 ? Long.BYTES : 0)
            + ((flags & DESCRIPTION_PRESENT) != 0 ? Integer.BYTES : 0);
    var stands = (flags & DEFAULT_DURATION_PRESENT) != 0 && head.remaining() >= at + Integer.BYTES;
    return Optional.of(stands ? Integer.toUnsignedLong(head.getInt(at)) : fileDefault);
  }

  private long runTicks(Box trun, long perSample) throws IOException {
    var run = reader.head(trun, RUN_BYTES_MAX);
    if (run.remaining() < 8) {
      return 0;
    }
    var flags = run.getInt(0);
    var samples = Math.min(SAMPLES_MAX, Integer.toUnsignedLong(run.getInt(4)));
    if ((flags & DURATION_PRESENT) == 0) {
      return samples * perSample;
    }
    var entryBytes = 0;
    for (var field : SAMPLE_FIELDS) {
      entryBytes += (flags & field) != 0 ? Integer.BYTES : 0;
    }
    var at =
        8
            + ((flags & DATA_OFFSET_PRESENT) != 0 ? Integer.BYTES : 0)
            + ((flags & FIRST_FLAGS_PRESENT) != 0 ? Integer.BYTES : 0);
    var ticks = 0L;
    for (var i = 0L; i < samples && at + entryBytes <= run.remaining(); i++) {
      ticks += Integer.toUnsignedLong(run.getInt(at));
      at += entryBytes;
    }
    return ticks;
  }
}
