/** Plays MiniMax in both versions of its API, as documentation and clients (2026-11) have it. */
@NullMarked
package dev.reelay.lab.minimax;

import org.jspecify.annotations.NullMarked;
