/** Plays Luma's Agents API as descriptions of it (2026-11) have it. */
@NullMarked
package dev.reelay.lab.luma;

import org.jspecify.annotations.NullMarked;
