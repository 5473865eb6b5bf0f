/**
 * Replicate, which hosts models of many makers. Follows its HTTP API and the types of its client
 * {@code replicate} 1.4.0 (November 2026). Pure translation; no socket, clock or price may enter.
 */
@NullMarked
package dev.reelay.provider.replicate;

import org.jspecify.annotations.NullMarked;
