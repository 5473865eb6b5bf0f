/**
 * The laboratory: one loopback server that plays every provider, each part as its vendor documents
 * it, so that adapters, the relay and the vendors' own clients can be held against it. Test code;
 * {@code make lab} starts it for people. How to write a part: {@link dev.reelay.lab.LabPart}.
 */
@NullMarked
package dev.reelay.lab;

import org.jspecify.annotations.NullMarked;
