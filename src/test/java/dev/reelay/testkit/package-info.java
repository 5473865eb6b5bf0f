/** Fakes and builders for tests, written by hand and named by what they do. */
@NullMarked
package dev.reelay.testkit;

import org.jspecify.annotations.NullMarked;
