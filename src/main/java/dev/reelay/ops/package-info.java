/** Running it: logs, health, shutdown order. Knows no business rule. */
@NullMarked
package dev.reelay.ops;

import org.jspecify.annotations.NullMarked;
