/**
 * Plays Kling in both generations, as its documentation (2026-11, as mirrored in public) has it.
 */
@NullMarked
package dev.reelay.lab.kling;

import org.jspecify.annotations.NullMarked;
