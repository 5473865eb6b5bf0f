package dev.reelay.provider;

import java.nio.file.Path;
import java.util.Optional;

/** The port that tells whether a stored file is what it should be, by its bytes alone. */
public interface MediaCheck {
  /** The facts of a playable video; empty if it is none. */
  Optional<Video> video(Path file);

  /** The facts of a picture; empty if it is none. */
  Optional<Picture> picture(Path file);

  /**
   * A playable video.
   *
   * @param contentType MIME type as sniffed
   * @param width pixels as shown; 0 if unknown
   * @param height pixels as shown; 0 if unknown
   * @param millis length
   * @param audio it has a sound track
   */
  record Video(String contentType, int width, int height, long millis, boolean audio) {}

  /**
   * A picture.
   *
   * @param contentType MIME type as sniffed
   * @param width pixels; 0 if unknown
   * @param height pixels; 0 if unknown
   */
  record Picture(String contentType, int width, int height) {}
}
