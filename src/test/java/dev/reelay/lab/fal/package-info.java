/** Plays fal's queue, as its documentation and the types of its client 1.10.1 (2026-11) have it. */
@NullMarked
package dev.reelay.lab.fal;

import org.jspecify.annotations.NullMarked;
