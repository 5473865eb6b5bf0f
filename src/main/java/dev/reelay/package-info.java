/**
 * The composition root: {@code Main} is the only class that knows every room. It reads {@code
 * config}, wires by hand and starts. No business rule lives here.
 */
@NullMarked
package dev.reelay;

import org.jspecify.annotations.NullMarked;
