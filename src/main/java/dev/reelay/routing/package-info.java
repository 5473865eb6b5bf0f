/**
 * Models, aliases, channels and the pure planner that chooses between them and says why. No SQL,
 * HTTP or clock may enter.
 */
@NullMarked
package dev.reelay.routing;

import org.jspecify.annotations.NullMarked;
