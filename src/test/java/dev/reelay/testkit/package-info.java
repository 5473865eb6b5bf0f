/**
 * What tests share: fakes named by what they do, clocks turned by hand, real servers on loopback.
 */
@NullMarked
package dev.reelay.testkit;

import org.jspecify.annotations.NullMarked;
