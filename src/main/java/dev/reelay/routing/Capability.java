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
 * @param pictures which pictures it takes
 * @param clips which videos and sounds it takes
 */
public record Capability(
    List<Integer> seconds,
    List<Resolution> resolutions,
    List<AspectRatio> ratios,
    List<Boolean> audio,
    Pictures pictures,
    Clips clips) {
  public Capability {
    seconds = List.copyOf(seconds);
    resolutions = List.copyOf(resolutions);
    ratios = List.copyOf(ratios);
    audio = List.copyOf(audio);
    if (seconds.isEmpty() || resolutions.isEmpty() || ratios.isEmpty() || audio.isEmpty()) {
      throw new IllegalArgumentException("a model makes at least one length, size, ratio, sound");
    }
    if (seconds.stream().anyMatch(s -> s < 1 || s > Shape.SECONDS_MAX)) {
      throw new IllegalArgumentException("lengths are 1 to " + Shape.SECONDS_MAX + " seconds");
    }
  }

  /** Of a model that takes no clips. */
  public Capability(
      List<Integer> seconds,
      List<Resolution> resolutions,
      List<AspectRatio> ratios,
      List<Boolean> audio,
      Pictures pictures) {
    this(seconds, resolutions, ratios, audio, pictures, Clips.NONE);
  }

  /** The same with these inputs. */
  public Capability taking(Pictures otherPictures, Clips otherClips) {
    return new Capability(seconds, resolutions, ratios, audio, otherPictures, otherClips);
  }

  /** Which videos and sounds a model takes as references, beside pictures or alone. */
  public record Clips(Bound videos, Bound audios) {
    public static final Clips NONE = new Clips(Bound.NONE, Bound.NONE);

    /** Videos, and no sounds. */
    public static Clips ofVideos(int most, int secondsMax) {
      return new Clips(new Bound(most, secondsMax), Bound.NONE);
    }

    /** Sounds, and no videos. */
    public static Clips ofAudios(int most, int secondsMax) {
      return new Clips(Bound.NONE, new Bound(most, secondsMax));
    }

    /** Whether it takes none of either kind. */
    public boolean isNone() {
      return videos.most() == 0 && audios.most() == 0;
    }

    /**
     * Of one kind.
     *
     * @param most how many, zero for none
     * @param secondsMax how long one may be; zero where nobody says
     * @param besideFrames whether they may come beside frames, although references exclude these
     */
    public record Bound(int most, int secondsMax, boolean besideFrames) {
      public static final Bound NONE = new Bound(0, 0);

      /** Of clips that are references as pictures are. */
      public Bound(int most, int secondsMax) {
        this(most, secondsMax, false);
      }

      public Bound {
        if (most < 0 || secondsMax < 0) {
          throw new IllegalArgumentException("a number of clips or seconds is not negative");
        }
      }
    }
  }

  /**
   * Which pictures a model takes.
   *
   * @param firstFrame whether one that the video starts with
   * @param lastFrame whether one that it ends with
   * @param referencesMax how many whose content is to be seen
   * @param together whether frames and references, clips among them, may come in one request
   */
  public record Pictures(
      boolean firstFrame, boolean lastFrame, int referencesMax, boolean together) {
    /** None: it makes videos of text only. */
    public static final Pictures NONE = new Pictures(false, false, 0);

    public Pictures {
      if (referencesMax < 0) {
        throw new IllegalArgumentException("a number of pictures is not negative");
      }
    }

    /** Either frames or references, as with most models. */
    public Pictures(boolean firstFrame, boolean lastFrame, int referencesMax) {
      this(firstFrame, lastFrame, referencesMax, false);
    }

    /** What a plain number of pictures means: one is the first frame, several are references. */
    public static Pictures upTo(int most) {
      return new Pictures(most > 0, false, most == 1 ? 0 : most);
    }

    /** How many may come whose role is left to the model. */
    public int bareMax() {
      int frames = firstFrame ? (lastFrame ? 2 : 1) : 0;
      return Math.max(frames, referencesMax);
    }

    /** How many may come in one request. */
    public int max() {
      int frames = (firstFrame ? 1 : 0) + (lastFrame ? 1 : 0);
      return together ? frames + referencesMax : Math.max(frames, referencesMax);
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
