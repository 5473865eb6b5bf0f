package dev.reelay.provider;

import dev.reelay.task.ClipKind;
import tools.jackson.databind.node.ArrayNode;

/**
 * Clips in the list of contents by which Ark and the second version of MiniMax's API are asked
 * (types of @ai-sdk/bytedance 1.0.29 and @ai-sdk/minimax 3.0.45, 2026-11).
 */
public final class ContentParts {
  private ContentParts() {}

  /** Puts the reference videos and then the sounds. */
  public static void putClips(ArrayNode content, Submission submission) {
    submission.referenceVideos().forEach(url -> put(content, ClipKind.VIDEO, url));
    submission.referenceAudios().forEach(url -> put(content, ClipKind.AUDIO, url));
  }

  private static void put(ArrayNode content, ClipKind kind, String url) {
    var word = kind.word();
    var type = word + "_url";
    var entry = content.addObject().put("type", type);
    entry.putObject(type).put("url", url);
    entry.put("role", "reference_" + word);
  }
}
