/**
 * fal's queue, which hosts models of many makers. Follows its documentation of the queue and the
 * types of its client {@code @fal-ai/client} 1.10.1 (November 2026). Pure translation; no socket,
 * clock or price may enter.
 */
@NullMarked
package dev.reelay.provider.fal;

import org.jspecify.annotations.NullMarked;
