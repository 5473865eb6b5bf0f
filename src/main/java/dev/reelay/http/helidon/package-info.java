/**
 * The server library behind {@code Incoming} and {@code Reply}: sockets, limits, deadlines. Nothing
 * outside imports the library, and no route, key or task is known here.
 */
@NullMarked
package dev.reelay.http.helidon;

import org.jspecify.annotations.NullMarked;
