package dev.reelay.provider;

import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.util.Optional;

/**
 * What one attempt sends.
 *
 * @param token the attempt's correlation token, sent where the provider honours one
 * @param callback where the provider may tell of the job; empty unless this relay can be reached
 */
public record Submission(VideoRequest request, String token, Optional<URI> callback) {}
