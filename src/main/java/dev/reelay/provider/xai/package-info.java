/**
 * xAI: Grok Imagine by {@code /v1/videos/generations}, as their public documentation and the AI
 * SDK's provider package (5.0.12) describe it, as of November 2026. Nothing else than translation
 * may enter.
 */
@NullMarked
package dev.reelay.provider.xai;

import org.jspecify.annotations.NullMarked;
