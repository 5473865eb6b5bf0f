package dev.reelay.http.dialect;

import dev.reelay.task.ClipKind;
import java.util.Arrays;
import java.util.List;

/** Under which names clients send reference videos and sounds; the first is our own. */
public final class ClipNames {
  private static final List<String> VIDEO_NAMES =
      List.of(
          "reference_videos",
          "reference_video",
          "reference_video_urls",
          "reference_video_url",
          "ref_videos",
          "videos",
          "video",
          "video_urls",
          "video_url",
          "video_list",
          "input_video");
  private static final List<String> AUDIO_NAMES =
      List.of(
          "reference_audios",
          "reference_audio",
          "reference_audio_urls",
          "reference_audio_url",
          "ref_audios",
          "audios",
          "audio_urls",
          "audio_url",
          "input_audio");

  private ClipNames() {}

  /** All names of a kind, in the order in which they are read. */
  static List<String> all(ClipKind kind) {
    return switch (kind) {
      case VIDEO -> VIDEO_NAMES;
      case AUDIO -> AUDIO_NAMES;
    };
  }

  /** All names of both kinds. */
  public static List<String> texts() {
    return Arrays.stream(ClipKind.values()).flatMap(kind -> all(kind).stream()).toList();
  }

  /** Our own name of the field for a kind. */
  public static String of(ClipKind kind) {
    return all(kind).getFirst();
  }
}
