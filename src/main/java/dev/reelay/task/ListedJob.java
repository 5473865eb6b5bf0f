package dev.reelay.task;

import java.time.Instant;
import java.util.Optional;

/**
 * A job as a provider's list shows it.
 *
 * @param createdAt by the provider's clock, often in whole seconds
 * @param model the upstream model, where the list shows it
 * @param prompt as it was sent, where the list shows it
 */
public record ListedJob(
    String upstreamId, Instant createdAt, Optional<String> model, Optional<String> prompt) {}
