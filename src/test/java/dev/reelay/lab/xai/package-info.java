/**
 * Plays xAI, as its public documentation and the AI SDK's provider package 5.0.12 (2026-11) have
 * it.
 */
@NullMarked
package dev.reelay.lab.xai;

import org.jspecify.annotations.NullMarked;
