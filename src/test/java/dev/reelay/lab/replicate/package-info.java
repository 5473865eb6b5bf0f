/** Plays Replicate, as its HTTP API and the types of its client 1.4.0 (2026-11) have it. */
@NullMarked
package dev.reelay.lab.replicate;

import org.jspecify.annotations.NullMarked;
