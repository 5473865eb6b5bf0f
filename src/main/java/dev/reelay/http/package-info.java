/**
 * The edge: routes on one screen, request normalising, key checks, errors. A dialect is a
 * sub-package that maps one client format onto the domain; {@code helidon} is the only sub-package
 * that knows the server library. No SQL may enter.
 */
@NullMarked
package dev.reelay.http;

import org.jspecify.annotations.NullMarked;
