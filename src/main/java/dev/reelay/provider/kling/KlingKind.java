package dev.reelay.provider.kling;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a job of the old generation is made from. It is part of every address about the job, so that
 * an upstream id of ours carries it.
 */
enum KlingKind {
  TEXT("text2video"),
  IMAGE("image2video"),
  MULTI_IMAGE("multi-image2video"),
  OMNI("omni-video");

  private final String word;

  KlingKind(String word) {
    this.word = word;
  }

  /** As it stands in an address. */
  String word() {
    return word;
  }

  static Optional<KlingKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
