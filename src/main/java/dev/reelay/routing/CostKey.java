package dev.reelay.routing;

/**
 * What a provider asks money for: one of its models on one channel.
 *
 * @param upstreamModel the provider's own name of the model
 */
public record CostKey(ChannelId channel, String upstreamModel) {}
