/**
 * What is told to a tenant's own programs, to whom, signed how and when again: events, endpoints,
 * deliveries and their rules. Pure: no SQL, HTTP, JSON or clock may enter. How receivers see it:
 * docs/webhooks.md.
 */
@NullMarked
package dev.reelay.webhook;

import org.jspecify.annotations.NullMarked;
