package dev.reelay.lab;

import dev.reelay.media.ClipSpec;
import dev.reelay.media.SandboxVideo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Small videos that play, by their length; each is rendered once. */
final class LabClips {
  private static final int WIDE_PIXELS = 160;
  private static final int HIGH_PIXELS = 90;
  private static final Map<Integer, byte[]> RENDERED = new ConcurrentHashMap<>();

  private LabClips() {}

  static byte[] of(int seconds) {
    return RENDERED
        .computeIfAbsent(
            Math.clamp(seconds, 1, ClipSpec.SECONDS_MAX),
            length ->
                new SandboxVideo()
                    .render(new ClipSpec(WIDE_PIXELS, HIGH_PIXELS, length, "", "LAB"))
                    .mp4())
        .clone();
  }
}
