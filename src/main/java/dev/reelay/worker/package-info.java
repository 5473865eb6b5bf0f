/**
 * Loops that do what is due: submit, poll, fetch, rescue, clean. They call use cases and ports;
 * they never write SQL, speak HTTP or change a task by themselves.
 */
@NullMarked
package dev.reelay.worker;

import org.jspecify.annotations.NullMarked;
