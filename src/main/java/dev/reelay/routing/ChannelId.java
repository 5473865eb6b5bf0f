package dev.reelay.routing;

/** A channel's row number. */
public record ChannelId(long value) {}
