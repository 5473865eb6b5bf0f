package dev.reelay.task;

import dev.reelay.routing.Capability;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a clip is. */
public enum ClipKind {
  VIDEO,
  AUDIO;

  /** How it is stored; it never changes. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #word()} wrote. */
  public static Optional<ClipKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** How many of this kind a model takes, and how long. */
  public Capability.Clips.Bound in(Capability.Clips takes) {
    return switch (this) {
      case VIDEO -> takes.videos();
      case AUDIO -> takes.audios();
    };
  }
}
