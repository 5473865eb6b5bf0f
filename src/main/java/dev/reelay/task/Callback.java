package dev.reelay.task;

/**
 * What a provider sent to a callback address, as it came: text of strangers, and never more than a
 * hint.
 *
 * @param query the raw query behind the address; empty if there is none
 */
public record Callback(String query, String body) {}
