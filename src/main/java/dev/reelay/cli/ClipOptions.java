package dev.reelay.cli;

import dev.reelay.routing.Capability;
import picocli.CommandLine.Option;

/** Which reference videos and sounds a model takes. */
final class ClipOptions {
  @Option(
      names = "--reference-videos",
      paramLabel = "N",
      description = "Videos that it takes as references at most; default: 0.")
  private int videosMax;

  @Option(
      names = "--reference-video-seconds",
      paramLabel = "N",
      description = "How long one may be; default: nobody says.")
  private int videoSecondsMax;

  @Option(
      names = "--reference-videos-with-frames",
      description = "It takes them beside frames, although references exclude these.")
  private boolean videosBesideFrames;

  @Option(
      names = "--reference-audios",
      paramLabel = "N",
      description = "Sounds that it takes as references at most; default: 0.")
  private int audiosMax;

  @Option(
      names = "--reference-audio-seconds",
      paramLabel = "N",
      description = "How long one may be; default: nobody says.")
  private int audioSecondsMax;

  @Option(
      names = "--reference-audios-with-frames",
      description = "It takes them beside frames, although references exclude these.")
  private boolean audiosBesideFrames;

  /**
   * What these options say.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  Capability.Clips takes() {
    return new Capability.Clips(
        new Capability.Clips.Bound(videosMax, videoSecondsMax, videosBesideFrames),
        new Capability.Clips.Bound(audiosMax, audioSecondsMax, audiosBesideFrames));
  }
}
