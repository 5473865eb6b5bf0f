/**
 * The picocli commands, one class a command. Operator commands call the same use cases as the
 * server; client commands speak HTTP.
 */
@NullMarked
package dev.reelay.cli;

import org.jspecify.annotations.NullMarked;
