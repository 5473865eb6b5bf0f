/**
 * OpenAI's Videos API: how its requests are read, how its answers and errors are written. Follows
 * the types of the published SDKs (November 2026); the service itself was shut down in September
 * 2026. The page for users: docs/openai-videos.md. Nothing here decides about tasks or money.
 */
@NullMarked
package dev.reelay.http.dialect.openai;

import org.jspecify.annotations.NullMarked;
