/**
 * Kling, in both generations of its API: {@code /v1/videos/text2video} and its like, and {@code
 * /text-to-video/{model}} with {@code /tasks}. Follows the vendor's documentation as mirrored in
 * public (November 2026). Pure translation; no socket, clock or price may enter.
 */
@NullMarked
package dev.reelay.provider.kling;

import org.jspecify.annotations.NullMarked;
