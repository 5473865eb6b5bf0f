/** The adapter for the built-in sandbox: it needs no key of a provider and costs nothing there. */
@NullMarked
package dev.reelay.provider.sandbox;

import org.jspecify.annotations.NullMarked;
