/**
 * Webhooks over HTTP: what messages say, and the routes by which a tenant manages who is told.
 * Strict both ways: an unknown field in a body is refused by name.
 */
@NullMarked
package dev.reelay.http.webhook;

import org.jspecify.annotations.NullMarked;
