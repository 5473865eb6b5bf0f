/**
 * Who calls: tenants, API keys, plans, and the keyed hashes and sealed secrets that prove it. Pure
 * JDK: no SQL, HTTP or JSON may enter.
 */
@NullMarked
package dev.reelay.access;

import org.jspecify.annotations.NullMarked;
