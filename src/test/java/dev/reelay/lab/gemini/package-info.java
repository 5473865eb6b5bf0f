/** Plays the Gemini API, as its public documentation and SDKs (2026-11) have it. */
@NullMarked
package dev.reelay.lab.gemini;

import org.jspecify.annotations.NullMarked;
