package dev.reelay.task;

import dev.reelay.money.CostRule;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import java.time.Instant;
import java.util.Optional;

/**
 * One try on one channel, written down before its first byte leaves.
 *
 * @param number 1, 2, 3 … within the task
 * @param upstreamModel the provider's own name of the model
 * @param token correlation token: unique, sent to providers that honour one
 * @param costs what the provider asked when it was sent, kept with it; empty where nobody said
 */
public record Attempt(
    int number,
    ChannelId channel,
    CredentialId credential,
    String upstreamModel,
    String token,
    Instant startedAt,
    Optional<CostRule> costs) {
  /** One of which nobody said what the provider asks. */
  public Attempt(
      int number,
      ChannelId channel,
      CredentialId credential,
      String upstreamModel,
      String token,
      Instant startedAt) {
    this(number, channel, credential, upstreamModel, token, startedAt, Optional.empty());
  }
}
