package dev.reelay.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a picture is for in a video. */
public enum PictureRole {
  /** The video starts with it. */
  FIRST_FRAME,
  /** The video ends with it. */
  LAST_FRAME,
  /** What it shows is to be seen in the video, at no certain moment. */
  REFERENCE;

  /** How it is stored and written for clients; it never changes. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #word()} wrote. */
  public static Optional<PictureRole> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /**
   * What pictures are that nobody gave a role and no model decides: one is the first frame, several
   * are references.
   */
  public static PictureRole ofUnlabelled(int pictures) {
    return pictures == 1 ? FIRST_FRAME : REFERENCE;
  }
}
