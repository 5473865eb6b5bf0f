/** Plays Runway, as its public documentation and SDK 4.20.1 (2026-11) have it. */
@NullMarked
package dev.reelay.lab.runway;

import org.jspecify.annotations.NullMarked;
