package dev.reelay.task;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import java.time.Instant;

/**
 * One try on one channel, written down before its first byte leaves.
 *
 * @param number 1, 2, 3 … within the task
 * @param upstreamModel the provider's own name of the model
 * @param token correlation token: unique, sent to providers that honour one
 */
public record Attempt(
    int number,
    ChannelId channel,
    CredentialId credential,
    String upstreamModel,
    String token,
    Instant startedAt) {}
