/**
 * Rate and concurrency arithmetic with an injected clock. Nothing here sleeps or knows who is
 * limited; only {@link Places} can wait, and only as long as it is told to.
 */
@NullMarked
package dev.reelay.limit;

import org.jspecify.annotations.NullMarked;
