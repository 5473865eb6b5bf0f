/**
 * Any server that speaks {@code /v1/videos}: self-hosted model servers, other gateways, another
 * Reelay. Follows the types of OpenAI's published SDKs (November 2026; the service itself was shut
 * down in September 2026) and what relays made of them. Pure translation; no socket, clock or price
 * may enter.
 */
@NullMarked
package dev.reelay.provider.openai;

import org.jspecify.annotations.NullMarked;
