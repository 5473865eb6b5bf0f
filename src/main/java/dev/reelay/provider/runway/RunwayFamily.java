package dev.reelay.provider.runway;

import java.util.Arrays;
import java.util.Set;

/**
 * What a family of models takes beside text, frames, size and length, by the beginning of its names
 * (types of the SDK 4.20.1). A word that is not its own is refused.
 */
enum RunwayFamily {
  OWN("gen4", Word.SEED),
  VEO("veo3", Word.AUDIO, Word.NEGATIVE_PROMPT, Word.SEED),
  SEEDANCE_2_5(
      "seedance2_5", Word.AUDIO, Word.SEED, Word.REFERENCES, Word.VIDEOS, Word.REFERENCE_AUDIO),
  SEEDANCE_2(
      "seedance2", Word.AUDIO, Word.SEED, Word.REFERENCES, Word.VIDEOS, Word.REFERENCE_AUDIO),
  WAN("wan3", Word.AUDIO, Word.REFERENCES, Word.VIDEOS, Word.REFERENCE_AUDIO),
  HAILUO("hailuo3", Word.REFERENCES, Word.VIDEOS, Word.REFERENCE_AUDIO),
  GROK("grok_imagine", Word.REFERENCES, Word.REFERENCE_AUDIO),
  HAPPYHORSE("happyhorse"),
  OMNI_1_1("gemini_omni_flash_1.1", Word.REFERENCES, Word.VIDEOS),
  H3_MAX("h3_max", Word.SEED),
  /** One that the types did not know, or that takes nothing of this. */
  OTHER("");

  private final String beginning;

  @SuppressWarnings("ImmutableEnumChecker") // a Set.of is immutable
  private final Set<Word> words;

  RunwayFamily(String beginning, Word... words) {
    this.beginning = beginning;
    this.words = Set.of(words);
  }

  /** What may be asked of some. */
  enum Word {
    /** Sound, or silence; the others are not asked. */
    AUDIO,
    NEGATIVE_PROMPT,
    SEED,
    REFERENCES,
    VIDEOS,
    REFERENCE_AUDIO
  }

  /** The first that fits: the order above is from the narrower beginning to the wider one. */
  static RunwayFamily of(String model) {
    return Arrays.stream(values())
        .filter(family -> model.startsWith(family.beginning))
        .findFirst()
        .orElse(OTHER);
  }

  boolean takes(Word word) {
    return words.contains(word);
  }
}
