package dev.reelay.media;

import java.io.IOException;

/** What {@link Mp4Probe} found. */
public sealed interface ProbeResult {
  /** A complete file with pictures and a length. */
  record Playable(VideoFacts facts) implements ProbeResult {}

  /** The file itself is at fault; the text says how, in English, for the operator. */
  record Unplayable(String why) implements ProbeResult {}

  /** Our disk is at fault, not the file: nothing is known of it, and it may be tried again. */
  record Unreadable(IOException cause) implements ProbeResult {}
}
