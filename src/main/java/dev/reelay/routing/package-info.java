/**
 * Models, aliases, channels, the pure planner that chooses between them and says why, and what each
 * credential may still be asked for. No SQL or HTTP may enter, and no clock but by a constructor.
 */
@NullMarked
package dev.reelay.routing;

import org.jspecify.annotations.NullMarked;
