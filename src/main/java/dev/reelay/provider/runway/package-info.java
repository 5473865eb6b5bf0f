/**
 * Runway, by its own API, version {@code 2024-11-06}, as the public documentation and the SDK
 * 4.20.1 describe it, as of November 2026. Nothing else than translation may enter.
 */
@NullMarked
package dev.reelay.provider.runway;

import org.jspecify.annotations.NullMarked;
