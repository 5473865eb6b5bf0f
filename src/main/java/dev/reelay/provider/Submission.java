package dev.reelay.provider;

import dev.reelay.task.PictureRole;
import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one attempt sends.
 *
 * @param pictures those of the request, with the bytes that only we have
 * @param token the attempt's correlation token, sent where the provider honours one
 * @param callback where the provider may tell of the job; empty unless this relay can be reached
 */
public record Submission(
    VideoRequest request, List<SentPicture> pictures, String token, Optional<URI> callback) {
  public Submission {
    pictures = List.copyOf(pictures);
  }

  /** The picture that the video starts with. */
  public Optional<SentPicture> firstFrame() {
    return of(PictureRole.FIRST_FRAME).findFirst();
  }

  /** The picture that the video ends with. */
  public Optional<SentPicture> lastFrame() {
    return of(PictureRole.LAST_FRAME).findFirst();
  }

  /** The pictures whose content is to be seen somewhere, in their order. */
  public List<SentPicture> references() {
    return of(PictureRole.REFERENCE).toList();
  }

  /**
   * Why these pictures do not go together where frames and references exclude each other, and a
   * last frame needs a first one; empty if they do.
   */
  public Optional<String> clash() {
    boolean hasFrame = firstFrame().isPresent() || lastFrame().isPresent();
    if (hasFrame && !references().isEmpty()) {
      return Optional.of("this provider takes frames or references, not both");
    }
    return lastFrame().isPresent() && firstFrame().isEmpty()
        ? Optional.of("this provider takes a last frame only beside a first one")
        : Optional.empty();
  }

  private Stream<SentPicture> of(PictureRole role) {
    return pictures.stream().filter(picture -> picture.role() == role);
  }
}
