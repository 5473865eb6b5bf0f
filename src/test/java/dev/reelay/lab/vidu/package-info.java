/** Plays Vidu, as its public documentation and clients (2026-11) have it. */
@NullMarked
package dev.reelay.lab.vidu;

import org.jspecify.annotations.NullMarked;
