package dev.reelay.provider;

import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What one attempt sends.
 *
 * @param pictures those of the request, with the bytes that only we have
 * @param token the attempt's correlation token, sent where the provider honours one
 * @param callback where the provider may tell of the job; empty unless this relay can be reached
 */
public record Submission(
    VideoRequest request, List<SentPicture> pictures, String token, Optional<URI> callback) {
  public Submission {
    pictures = List.copyOf(pictures);
  }
}
