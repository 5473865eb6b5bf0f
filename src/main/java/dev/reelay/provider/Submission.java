package dev.reelay.provider;

import dev.reelay.task.ClipKind;
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
 * @param clips the reference videos and sounds of the request
 * @param token the attempt's correlation token, sent where the provider honours one
 * @param callback where the provider may tell of the job; empty unless this relay can be reached
 */
public record Submission(
    VideoRequest request,
    List<SentPicture> pictures,
    List<SentClip> clips,
    String token,
    Optional<URI> callback) {
  public Submission {
    pictures = List.copyOf(pictures);
    clips = List.copyOf(clips);
  }

  /** One without clips. */
  public Submission(
      VideoRequest request, List<SentPicture> pictures, String token, Optional<URI> callback) {
    this(request, pictures, List.of(), token, callback);
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

  /** The addresses of the videos to refer to, in their order. */
  public List<String> referenceVideos() {
    return of(ClipKind.VIDEO);
  }

  /** The addresses of the sounds to refer to, in their order. */
  public List<String> referenceAudios() {
    return of(ClipKind.AUDIO);
  }

  private List<String> of(ClipKind kind) {
    return clips.stream().filter(clip -> clip.kind() == kind).map(SentClip::url).toList();
  }

  /**
   * Why these inputs do not go together where frames and references, clips among them, exclude each
   * other, and a last frame needs a first one; empty if they do.
   */
  public Optional<String> clash() {
    boolean hasFrame = firstFrame().isPresent() || lastFrame().isPresent();
    if (hasFrame && !(references().isEmpty() && clips.isEmpty())) {
      return Optional.of("this provider takes frames or references, not both");
    }
    return lastFrame().isPresent() && firstFrame().isEmpty()
        ? Optional.of("this provider takes a last frame only beside a first one")
        : Optional.empty();
  }

  /** Why these inputs are not enough where a sound is taken beside something to see only. */
  public Optional<String> lonelySound() {
    return referenceAudios().isEmpty() || !pictures.isEmpty() || !referenceVideos().isEmpty()
        ? Optional.empty()
        : Optional.of("this provider takes a sound only beside a picture or a video");
  }

  private Stream<SentPicture> of(PictureRole role) {
    return pictures.stream().filter(picture -> picture.role() == role);
  }
}
