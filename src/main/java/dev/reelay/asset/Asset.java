package dev.reelay.asset;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored file.
 *
 * @param contentType MIME type as sniffed, never as claimed
 * @param bytes size
 * @param sha256 64 lower-case hex digits
 * @param width pixels; 0 if unknown
 * @param height pixels; 0 if unknown
 * @param millis length of a video or sound; 0 for a picture, and where it is unknown
 * @param expiresAt from then on its address answers 410
 * @param removedAt set when the bytes were deleted
 */
public record Asset(
    AssetId id,
    AssetKind kind,
    String contentType,
    long bytes,
    String sha256,
    int width,
    int height,
    long millis,
    Instant expiresAt,
    Optional<Instant> removedAt) {
  public Asset {
    if (bytes <= 0 || sha256.length() != 64 || width < 0 || height < 0 || millis < 0) {
      throw new IllegalArgumentException("not a stored file: " + id);
    }
  }

  public boolean isGone(Instant now) {
    return removedAt.isPresent() || !now.isBefore(expiresAt);
  }

  /** File name ending with its dot, by type. */
  public String extension() {
    return extension(contentType);
  }

  /** File name ending with its dot, by type. */
  public static String extension(String contentType) {
    return switch (contentType) {
      case "video/mp4" -> ".mp4";
      case "video/webm" -> ".webm";
      case "video/quicktime" -> ".mov";
      case "image/jpeg" -> ".jpg";
      case "image/png" -> ".png";
      case "image/webp" -> ".webp";
      case "image/gif" -> ".gif";
      case "audio/mpeg" -> ".mp3";
      case "audio/wav" -> ".wav";
      case "audio/mp4" -> ".m4a";
      default -> ".bin";
    };
  }
}
