package dev.reelay.asset;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** The port that takes a still picture out of a stored video. Blocks, within bounds of its own. */
@FunctionalInterface
public interface StillPictures {
  /**
   * The first picture of the video as a JPEG file.
   *
   * @return empty if nobody here can read this video
   */
  Optional<Still> of(Path video);

  /** A JPEG file in memory. */
  record Still(ByteBuffer jpeg, int width, int height) {
    public Still {
      jpeg = jpeg.asReadOnlyBuffer();
    }

    /** Takes the bytes over: nobody may write to them any more. */
    public static Still of(byte[] jpeg, int width, int height) {
      return new Still(ByteBuffer.wrap(jpeg), width, height);
    }

    /** A copy of the whole file. */
    public byte[] bytes() {
      var bytes = new byte[jpeg.remaining()];
      jpeg.duplicate().get(bytes);
      return bytes;
    }
  }
}
