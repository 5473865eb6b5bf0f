/**
 * Rate and concurrency arithmetic with an injected clock. Nothing here blocks, sleeps or knows who
 * is limited.
 */
@NullMarked
package dev.reelay.limit;

import org.jspecify.annotations.NullMarked;
