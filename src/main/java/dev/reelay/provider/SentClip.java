package dev.reelay.provider;

import dev.reelay.task.ClipKind;

/**
 * A reference video or sound as an adapter gets it to send on: always an address. Providers take
 * nothing else of that size, and one that is kept here is published by this relay.
 */
public record SentClip(String url, ClipKind kind) {}
