/** Plays Vertex AI, as its public documentation and SDKs (2026-11) have it. */
@NullMarked
package dev.reelay.lab.vertex;

import org.jspecify.annotations.NullMarked;
