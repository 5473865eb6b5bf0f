package dev.reelay.task;

import dev.reelay.routing.Capability;
import java.time.Duration;
import java.util.List;

/**
 * Whether a model takes the clips of a request. It takes all of them or refuses: a video made
 * without one of its references would be another video, so that none is left out behind an alias
 * either.
 */
public sealed interface ClipFit {
  /** It takes all, in the caller's order. */
  record Fits() implements ClipFit {}

  /** It does not, and why. */
  sealed interface Refused extends ClipFit {
    /** The kind of clip that it is about. */
    ClipKind kind();
  }

  /**
   * More of a kind than it takes.
   *
   * @param clips how many were given
   */
  record TooMany(ClipKind kind, int clips, Capability.Clips takes) implements Refused {}

  /** One is known to be longer than it takes. */
  record TooLong(ClipKind kind, int secondsMax) implements Refused {}

  /** It takes frames or references, not both. */
  record BesideFrames(ClipKind kind) implements Refused {}

  /**
   * A clip as it was asked for.
   *
   * @param length zero where nobody knows it
   */
  record Asked(ClipKind kind, Duration length) {}

  /**
   * @param takes of which kinds the model takes how many
   * @param areFramesApart whether pictures of the request are frames, and the model takes these
   *     apart from references only
   */
  static ClipFit of(Capability.Clips takes, List<Asked> asked, boolean areFramesApart) {
    for (var kind : ClipKind.values()) {
      var clips = asked.stream().filter(clip -> clip.kind() == kind).toList();
      var bound = kind.in(takes);
      if (clips.size() > bound.most()) {
        return new TooMany(kind, clips.size(), takes);
      }
      if (clips.stream().anyMatch(clip -> isTooLong(clip, bound))) {
        return new TooLong(kind, bound.secondsMax());
      }
      if (!clips.isEmpty() && areFramesApart && !bound.besideFrames()) {
        return new BesideFrames(kind);
      }
    }
    return new Fits();
  }

  /** Whether one of these is of a kind that excludes frames as references do. */
  static boolean excludeFrames(Capability.Clips takes, List<Asked> asked) {
    return asked.stream().anyMatch(clip -> !clip.kind().in(takes).besideFrames());
  }

  /** A file is a little longer than what it was cut to: less than a second more is none. */
  private static boolean isTooLong(Asked clip, Capability.Clips.Bound bound) {
    return bound.secondsMax() > 0 && clip.length().toSeconds() > bound.secondsMax();
  }
}
