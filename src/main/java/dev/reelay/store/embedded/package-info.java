/**
 * Starts, adopts and stops the bundled PostgreSQL in the data directory. Knows processes and files,
 * nothing of Reelay's tables.
 */
@NullMarked
package dev.reelay.store.embedded;

import org.jspecify.annotations.NullMarked;
