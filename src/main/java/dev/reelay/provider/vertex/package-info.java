/**
 * Veo at Google's Vertex AI, with a service account, as the public documentation, {@code
 * @google/genai} 3.1.0 and {@code @ai-sdk/google-vertex} 5.0.141 describe it, as of November 2026.
 * The body of a create and the error table are those of the Gemini API. Nothing else than
 * translation may enter.
 */
@NullMarked
package dev.reelay.provider.vertex;

import org.jspecify.annotations.NullMarked;
