/**
 * Vidu, by its own API. Wire facts: the public documentation, and the nodes and gateways that speak
 * it, read 2026-11.
 */
@NullMarked
package dev.reelay.provider.vidu;

import org.jspecify.annotations.NullMarked;
