/**
 * The composition root. {@code Main} is the only class that knows every room; {@code Config} is the
 * one record tree read from file and environment. No business rule lives here.
 */
@NullMarked
package dev.reelay;

import org.jspecify.annotations.NullMarked;
