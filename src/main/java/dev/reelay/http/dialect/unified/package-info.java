/**
 * The unified video format: how its requests are read, how its answers and errors are written. The
 * fields: docs/query-fields.md. Nothing here decides about tasks or money.
 */
@NullMarked
package dev.reelay.http.dialect.unified;

import org.jspecify.annotations.NullMarked;
