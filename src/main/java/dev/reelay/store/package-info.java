/**
 * SQL behind each port of the domain rooms. Every statement is text beside its method, guarded, and
 * its row count is read. No HTTP may enter.
 */
@NullMarked
package dev.reelay.store;

import org.jspecify.annotations.NullMarked;
