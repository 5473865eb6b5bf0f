/**
 * A provider of nobody's that honours an idempotency token, with the description that speaks to it.
 */
@NullMarked
package dev.reelay.lab.declarative;

import org.jspecify.annotations.NullMarked;
