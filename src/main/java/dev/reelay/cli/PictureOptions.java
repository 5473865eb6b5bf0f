package dev.reelay.cli;

import dev.reelay.routing.Capability;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which pictures a model takes. */
final class PictureOptions {
  @Option(names = "--first-frame", description = "It takes a picture to begin with.")
  private boolean firstFrame;

  @Option(names = "--last-frame", description = "It takes a picture to end with.")
  private boolean lastFrame;

  @Option(
      names = "--references",
      paramLabel = "N",
      description = "Pictures that it takes as references at most; default: 0.")
  private Optional<Integer> referencesMax = Optional.empty();

  @Option(
      names = "--frames-with-references",
      description = "It takes frames and references in one request.")
  private boolean together;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "In short: --first-frame, and --references N if N is more than 1.")
  private Optional<Integer> imagesMax = Optional.empty();

  /** What these options say. */
  Capability.Pictures takes() {
    boolean isSpelledOut = firstFrame || lastFrame || together || referencesMax.isPresent();
    if (imagesMax.isPresent() && isSpelledOut) {
      throw Refusal.usage("--images stands alone: it says the other options of pictures in short");
    }
    return imagesMax
        .map(Capability.Pictures::upTo)
        .orElseGet(
            () ->
                new Capability.Pictures(firstFrame, lastFrame, referencesMax.orElse(0), together));
  }
}
