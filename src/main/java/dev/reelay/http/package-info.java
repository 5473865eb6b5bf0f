/**
 * The edge: routes on one screen, request normalising, key checks, errors. A dialect is a
 * sub-package that maps one client format onto the domain. No SQL may enter.
 */
@NullMarked
package dev.reelay.http;

import org.jspecify.annotations.NullMarked;
