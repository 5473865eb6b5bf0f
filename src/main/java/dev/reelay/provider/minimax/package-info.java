/**
 * MiniMax, in both versions of its API: Hailuo by {@code /v1/video_generation}, H3 by {@code
 * /v2/video_generation}. Follows the vendor's documentation and the types of
 * {@code @ai-sdk/minimax} 3.0.45 (November 2026). Pure translation; no socket, clock or price may
 * enter.
 */
@NullMarked
package dev.reelay.provider.minimax;

import org.jspecify.annotations.NullMarked;
