/**
 * Google's Gemini API: Omni by interactions, Veo by long-running operations, as the public
 * documentation, {@code @google/genai} 3.1.0 and {@code @ai-sdk/google} 4.0.121 describe them, as
 * of November 2026. Nothing else than translation may enter.
 */
@NullMarked
package dev.reelay.provider.gemini;

import org.jspecify.annotations.NullMarked;
