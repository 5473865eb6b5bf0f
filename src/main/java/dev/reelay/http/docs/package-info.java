/**
 * The manual that a relay carries of itself, under {@code /docs}: the contract in a viewer, and the
 * pages of {@code docs/} that are for client programs. Nothing here needs a key or knows a task.
 */
@NullMarked
package dev.reelay.http.docs;

import org.jspecify.annotations.NullMarked;
