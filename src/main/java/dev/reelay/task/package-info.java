/**
 * The heart: what a task is and may become, the use cases that move it, and the ports they need.
 * Pure: no SQL, HTTP, JSON or clock may enter. Why IN_DOUBT exists: docs/task-lifecycle.md.
 */
@NullMarked
package dev.reelay.task;

import org.jspecify.annotations.NullMarked;
