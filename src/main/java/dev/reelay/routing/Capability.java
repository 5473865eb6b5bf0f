package dev.reelay.routing;

import dev.reelay.money.Resolution;
import java.util.List;
import java.util.Optional;

/**
 * What a model can make. The first of each list is its default.
 *
 * @param seconds lengths it makes
 * @param resolutions resolutions it makes
 * @param ratios ratios it makes
 * @param audio what it makes: [false], [true] or both
 * @param imagesMax pictures it takes; 0 for text only
 */
public record Capability(
    List<Integer> seconds,
    List<Resolution> resolutions,
    List<AspectRatio> ratios,
    List<Boolean> audio,
    int imagesMax) {
  public Capability {
    seconds = List.copyOf(seconds);
    resolutions = List.copyOf(resolutions);
    ratios = List.copyOf(ratios);
    audio = List.copyOf(audio);
    if (seconds.isEmpty() || resolutions.isEmpty() || ratios.isEmpty() || audio.isEmpty()) {
      throw new IllegalArgumentException("a model makes at least one length, size, ratio, sound");
    }
    if (imagesMax < 0 || seconds.stream().anyMatch(s -> s < 1 || s > Shape.SECONDS_MAX)) {
      throw new IllegalArgumentException("lengths are 1 to " + Shape.SECONDS_MAX + " seconds");
    }
  }

  /** The allowed lengths in ascending order, for people. */
  public List<Integer> sortedSeconds() {
    return seconds.stream().sorted().toList();
  }

  Optional<AspectRatio> firstRatio(boolean portrait) {
    return ratios.stream()
        .filter(ratio -> portrait ? ratio.isPortrait() : ratio.isLandscape())
        .findFirst();
  }
}
