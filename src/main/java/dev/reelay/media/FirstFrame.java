package dev.reelay.media;

import dev.reelay.asset.StillPictures.Still;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.common.SeekableDemuxerTrack;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/**
 * Decodes the first picture of an H.264 video of 8 bits in this process. Other codecs throw in the
 * decoder, in ways of their own; whatever it throws means that it cannot read the file. A few
 * hundred bytes can ask for pictures of any size and for any work, so both are bounded.
 */
final class FirstFrame {
  /** Above 4K the room of the decoder is too much for this process. */
  static final long PIXELS_MAX = 4_096 * 2_304;

  static final Duration TIME_MAX = Duration.ofSeconds(5);
  static final int DECODES_MAX = 4;
  private static final int BLOCK_PIXELS = 16;
  private static final int CENTER = 128;
  private static final int BLACK = 16;
  private static final int WHOLE = 1_000;

  private final TimedWork work = new TimedWork(TIME_MAX, DECODES_MAX);

  Optional<Still> of(Path video) {
    return work.of(() -> decoded(video));
  }

  private static Optional<Still> decoded(Path video) throws IOException, JCodecException {
    try (var channel = NIOUtils.readableChannel(video.toFile())) {
      var grab = FrameGrab.createFrameGrab(channel);
      if (!isSmall(grab.getVideoTrack())) {
        return Optional.empty();
      }
      var picture = grab.getNativeFrame();
      return picture == null || !isReadable(picture)
          ? Optional.empty()
          : Optional.of(still(picture));
    }
  }

  /** Asks the index and the first sample, since either may say how large the pictures are. */
  private static boolean isSmall(SeekableDemuxerTrack track) throws IOException {
    var first = track.nextFrame();
    track.gotoFrame(0);
    return first != null && isSmall(track.getMeta().getCodecPrivate()) && isSmall(first.getData());
  }

  /** Reads from a copy, for the reader takes the escapes out in place. */
  static boolean isSmall(ByteBuffer units) {
    var copy = ByteBuffer.allocate(units.remaining()).put(units.duplicate()).flip();
    for (var unit = H264Utils.nextNALUnit(copy); unit != null; unit = H264Utils.nextNALUnit(copy)) {
      if (NALUnit.read(unit).type == NALUnitType.SPS && !isSmall(H264Utils.readSPS(unit))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSmall(SeqParameterSet sizes) {
    long width = BLOCK_PIXELS * (sizes.picWidthInMbsMinus1 + 1L);
    long rows = sizes.picHeightInMapUnitsMinus1 + 1L;
    long height = BLOCK_PIXELS * (sizes.frameMbsOnlyFlag ? rows : 2 * rows);
    return VideoFacts.isSide(Math.clamp(width, 0, Integer.MAX_VALUE))
        && VideoFacts.isSide(Math.clamp(height, 0, Integer.MAX_VALUE))
        && width * height <= PIXELS_MAX;
  }

  private static boolean isReadable(Picture picture) {
    var color = picture.getColor();
    return (color == ColorSpace.YUV420 || color == ColorSpace.YUV420J)
        && VideoFacts.isSide(picture.getCroppedWidth())
        && VideoFacts.isSide(picture.getCroppedHeight());
  }

  private static Still still(Picture picture) {
    var canvas = new Canvas(picture.getCroppedWidth(), picture.getCroppedHeight());
    int stride = picture.getWidth();
    var luma = picture.getPlaneData(0);
    var blue = picture.getPlaneData(1);
    var red = picture.getPlaneData(2);
    for (int y = 0; y < canvas.height(); y++) {
      for (int x = 0; x < canvas.width(); x++) {
        int colour = y / 2 * (stride / 2) + x / 2;
        canvas.pixels()[y * canvas.width() + x] =
            rgb(luma[y * stride + x] + CENTER, blue[colour], red[colour]);
      }
    }
    return Still.of(JpegPoster.of(canvas), canvas.width(), canvas.height());
  }

  /** BT.709 in the limited range, as nearly all videos of these sizes have it. */
  private static int rgb(int luma, int blue, int red) {
    int grey = 1_164 * (luma - BLACK);
    int r = part(grey + 1_793 * red);
    int g = part(grey - 213 * blue - 533 * red);
    int b = part(grey + 2_112 * blue);
    return r << 16 | g << 8 | b;
  }

  private static int part(int thousandths) {
    return Math.clamp(thousandths / WHOLE, 0, 255);
  }
}
