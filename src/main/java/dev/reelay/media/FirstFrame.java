package dev.reelay.media;

import dev.reelay.asset.StillPictures.Still;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/**
 * Decodes the first picture of an H.264 video of 8 bits in this process. Other codecs throw in the
 * decoder, in ways of their own; whatever it throws means that it cannot read the file.
 */
final class FirstFrame {
  private static final int CENTER = 128;
  private static final int BLACK = 16;
  private static final int WHOLE = 1_000;

  private FirstFrame() {}

  static Optional<Still> of(Path video) {
    try (var channel = NIOUtils.readableChannel(video.toFile())) {
      var picture = FrameGrab.createFrameGrab(channel).getNativeFrame();
      return picture == null || !isReadable(picture)
          ? Optional.empty()
          : Optional.of(still(picture));
    } catch (IOException | JCodecException | RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
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
