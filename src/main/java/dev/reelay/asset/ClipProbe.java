package dev.reelay.asset;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The port that tells what a video or a sound is from its bytes; nothing is ever decoded. */
@FunctionalInterface
public interface ClipProbe {
  /** The facts of a whole file; empty if it is none that we know, or cut short. */
  Optional<Facts> probe(ByteBuffer bytes);

  /**
   * What the file says.
   *
   * @param contentType MIME type as sniffed
   * @param isVideo it has pictures; else it is a sound
   * @param width pixels; 0 if unknown
   * @param height pixels; 0 if unknown
   * @param millis length; 0 if unknown
   */
  record Facts(String contentType, boolean isVideo, int width, int height, long millis) {
    public Facts {
      if (width < 0 || height < 0 || millis < 0) {
        throw new IllegalArgumentException("sides and lengths are not negative");
      }
    }

    /** A sound. */
    public static Facts sound(String contentType, long millis) {
      return new Facts(contentType, false, 0, 0, millis);
    }
  }
}
