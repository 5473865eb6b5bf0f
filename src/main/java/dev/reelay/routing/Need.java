package dev.reelay.routing;

import java.util.Set;
import java.util.function.Function;

/** What a request asks for that not every provider has. */
public enum Need {
  FIRST_FRAME("a first frame", true),
  LAST_FRAME("a last frame", true),
  REFERENCES("reference pictures", true),
  REFERENCE_VIDEO("reference videos", true),
  REFERENCE_AUDIO("reference audio", true),
  /** That of pictures kept here, where a provider takes addresses alone. */
  PICTURE_ADDRESSES("kept pictures, since REELAY_PUBLIC_URL is not set", true),
  /** Clips go to every provider by their addresses. */
  CLIP_ADDRESSES("kept videos or sounds, since REELAY_PUBLIC_URL is not set", true),
  AUDIO("sound", false),
  SEED("a seed", false),
  NEGATIVE_PROMPT("a negative prompt", false);

  private final String words;
  private final boolean required;

  Need(String words, boolean required) {
    this.words = words;
    this.required = required;
  }

  /** How it is called in a sentence. */
  public String words() {
    return words;
  }

  /** Without it, it would be another video; else it is only a worse one. */
  public boolean isRequired() {
    return required;
  }

  /** What a channel's provider cannot do. */
  public interface Lacks extends Function<ChannelId, Set<Need>> {
    /** For providers of which nothing is declared. */
    Lacks NOTHING = _ -> Set.of();
  }
}
