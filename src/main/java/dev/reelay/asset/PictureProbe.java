package dev.reelay.asset;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The port that tells what a picture is from its header alone; nothing is ever decoded. */
public interface PictureProbe {
  /** The facts of a picture that begins with these bytes; empty if it is none that we know. */
  Optional<Facts> probe(ByteBuffer bytes);

  /**
   * What the header says.
   *
   * @param contentType MIME type as sniffed
   * @param width pixels, at least 1
   * @param height pixels, at least 1
   */
  record Facts(String contentType, int width, int height) {
    public Facts {
      if (width < 1 || height < 1) {
        throw new IllegalArgumentException("a picture has sides");
      }
    }

    public long pixels() {
      return (long) width * height;
    }
  }
}
