package dev.reelay.media;

import dev.reelay.asset.StillPictures;
import java.nio.file.Path;
import java.util.Optional;

/** The first picture of a video: decoded here if we can, else by FFmpeg if there is one. */
public final class FirstPicture implements StillPictures {
  private final FirstFrame frame = new FirstFrame();
  private final FfmpegStill ffmpeg;

  /**
   * Makes it.
   *
   * @param ffmpeg a path, or a name to be found on the PATH; it need not exist
   */
  public FirstPicture(String ffmpeg) {
    this.ffmpeg = new FfmpegStill(ffmpeg);
  }

  @Override
  public Optional<Still> of(Path video) {
    return frame.of(video).or(() -> ffmpeg.of(video));
  }
}
