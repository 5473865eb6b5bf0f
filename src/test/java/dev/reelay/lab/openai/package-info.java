/** Plays a server with {@code /v1/videos}, as OpenAI's published SDKs (2026-11) expect it. */
@NullMarked
package dev.reelay.lab.openai;

import org.jspecify.annotations.NullMarked;
