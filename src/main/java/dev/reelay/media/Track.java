package dev.reelay.media;

import dev.reelay.media.BoxReader.Box;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One track of an MP4 file, as its trak box describes it. Width and height are those of the
 * pictures as shown, 0 if the track has none.
 */
record Track(int id, String handler, Shape shape, Clock clock, Box samples) {
  private static final int HEAD_BYTES_MAX = 128;
  private static final int HANDLER_AT = 8;
  private static final int HANDLER_BYTES = 4;

  /** Empty if the box lacks what every track must have. */
  static Optional<Track> read(BoxReader reader, Box trak) throws IOException {
    var tkhd = reader.find(trak, "tkhd");
    var mdhd = reader.find(trak, "mdia", "mdhd");
    var hdlr = reader.find(trak, "mdia", "hdlr");
    var stbl = reader.find(trak, "mdia", "minf", "stbl");
    if (tkhd.isEmpty() || mdhd.isEmpty() || hdlr.isEmpty() || stbl.isEmpty()) {
      return Optional.empty();
    }
    var head = reader.head(tkhd.get(), HEAD_BYTES_MAX);
    var shown = Header.of(head);
    var clock = Clock.of(reader.head(mdhd.get(), HEAD_BYTES_MAX));
    var handler = handler(reader.head(hdlr.get(), HEAD_BYTES_MAX));
    if (shown.isEmpty() || clock.isEmpty()) {
      return Optional.empty();
    }
    var coded = reader.find(stbl.get(), "stsd");
    var shape =
        coded.isPresent()
            ? Shape.of(reader.head(coded.get(), HEAD_BYTES_MAX), shown.get())
            : new Shape(0, 0);
    return Optional.of(new Track(shown.get().id(), handler, shape, clock.get(), stbl.get()));
  }

  boolean isVideo() {
    return handler.equals("vide");
  }

  boolean isAudio() {
    return handler.equals("soun");
  }

  int width() {
    return shape.width();
  }

  int height() {
    return shape.height();
  }

  /** The length that the track says it has; 0 if it does not say. */
  long durationMillis() {
    return clock.millisOf(clock.ticks());
  }

  long millisOf(long ticks) {
    return clock.millisOf(ticks);
  }

  private static String handler(ByteBuffer hdlr) {
    return hdlr.remaining() < HANDLER_AT + HANDLER_BYTES ? "" : BoxReader.name(hdlr, HANDLER_AT);
  }

  /** Width and height in pixels. */
  record Shape(int width, int height) {
    private static final int CODED_WIDTH_AT = 40;
    private static final int CODED_HEIGHT_AT = 42;

    /** The coded size, or the shown one if there is none, turned if the track is turned. */
    static Shape of(ByteBuffer stsd, Header shown) {
      if (stsd.remaining() < CODED_HEIGHT_AT + Short.BYTES) {
        return new Shape(0, 0);
      }
      var width = Short.toUnsignedInt(stsd.getShort(CODED_WIDTH_AT));
      var height = Short.toUnsignedInt(stsd.getShort(CODED_HEIGHT_AT));
      if (width == 0 || height == 0) {
        return new Shape(shown.width(), shown.height());
      }
      return shown.isTurned() ? new Shape(height, width) : new Shape(width, height);
    }
  }

  /** The content of a tkhd box: whole pixels as shown, before turning. */
  record Header(int id, int width, int height, boolean isTurned) {
    private static final int ID_AT = 12;
    private static final int MATRIX_AT = 40;
    private static final int WIDTH_AT = 76;
    private static final int HEIGHT_AT = 80;
    private static final int LONG_TIMES_ID_SHIFT_BYTES = 8;
    private static final int LONG_TIMES_SHIFT_BYTES = 12;

    static Optional<Header> of(ByteBuffer tkhd) {
      var isLong = tkhd.hasRemaining() && tkhd.get(0) == 1;
      var shift = isLong ? LONG_TIMES_SHIFT_BYTES : 0;
      if (tkhd.remaining() < HEIGHT_AT + shift + Integer.BYTES) {
        return Optional.empty();
      }
      var keepsX = tkhd.getInt(MATRIX_AT + shift) != 0;
      var keepsY = tkhd.getInt(MATRIX_AT + shift + 4 * Integer.BYTES) != 0;
      return Optional.of(
          new Header(
              tkhd.getInt(ID_AT + (isLong ? LONG_TIMES_ID_SHIFT_BYTES : 0)),
              tkhd.getInt(WIDTH_AT + shift) >>> 16,
              tkhd.getInt(HEIGHT_AT + shift) >>> 16,
              !keepsX && !keepsY));
    }
  }

  /** The content of an mdhd box: so many ticks long, so many ticks a second. */
  record Clock(long ticks, long ticksPerSecond) {
    private static final int SHORT_BYTES = 20;
    private static final int LONG_BYTES = 32;
    private static final int MILLIS_PER_SECOND = 1_000;
    private static final long UNKNOWN_SHORT = 0xffff_ffffL;

    static Optional<Clock> of(ByteBuffer mdhd) {
      var isLong = mdhd.hasRemaining() && mdhd.get(0) == 1;
      if (mdhd.remaining() < (isLong ? LONG_BYTES : SHORT_BYTES)) {
        return Optional.empty();
      }
      var perSecond = Integer.toUnsignedLong(mdhd.getInt(isLong ? 20 : 12));
      var ticks = isLong ? mdhd.getLong(24) : Integer.toUnsignedLong(mdhd.getInt(16));
      return Optional.of(new Clock(!isLong && ticks == UNKNOWN_SHORT ? 0 : ticks, perSecond));
    }

    /** To the nearest millisecond; 0 for what cannot be a length. */
    long millisOf(long ticks) {
      if (ticksPerSecond == 0 || ticks <= 0 || ticks > Long.MAX_VALUE / (2 * MILLIS_PER_SECOND)) {
        return 0;
      }
      return (ticks * MILLIS_PER_SECOND + ticksPerSecond / 2) / ticksPerSecond;
    }
  }
}
