/** What tests need: fakes that are named by what they do, and real things that start quickly. */
@NullMarked
package dev.reelay.testkit;

import org.jspecify.annotations.NullMarked;
