/**
 * Alibaba Cloud Model Studio (DashScope): Wan by {@code video-synthesis}, as its public
 * documentation and the AI SDK's provider package (2.0.58) describe it, as of November 2026.
 * Nothing else than translation may enter.
 */
@NullMarked
package dev.reelay.provider.dashscope;

import org.jspecify.annotations.NullMarked;
